package dev.driftless.streams.provisioning;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;

import dev.driftless.streams.provisioning.TopicSpec.Origin;
import dev.driftless.streams.provisioning.TopicSpec.Partitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The topics of an installation.
 *
 * <p><b>Sizes.</b> A batch in the usage events has at most {@code max-record-bytes}, and so has each record in it that was
 * not compressed. The application writes such a record's key and value once more, into the re-routed or the rejected
 * ones, with what it adds; those topics, and its producer, take {@link ProvisioningSettings#maxWrittenBytes()}.
 */
public final class TopicSpecs {
    private static final String DEDUP_STORE = "usage-dedup";

    private TopicSpecs() {}

    /** All topics as they are created, the leading one first. */
    public static List<TopicSpec> of(final ProvisioningSettings settings) {
        return of(settings, Optional.empty());
    }

    /** All topics, such that they go with the usage events as those are. */
    static List<TopicSpec> of(final ProvisioningSettings settings, final Optional<TopicState> usageEvents) {
        return List.of(
                usageEvents(settings),
                usageRerouted(settings),
                featureCatalog(settings),
                subscriptions(settings),
                billingUsage(settings),
                usageRejected(settings),
                dedupChangelog(settings, usageEvents));
    }

    private static TopicSpec usageEvents(final ProvisioningSettings settings) {
        final List<Requirement> requirements = new ArrayList<>(RetentionRules.usage(settings));
        requirements.add(deleted("of each customer only the last event would stay"));
        requirements.add(brokerTime("clients could forge the time that decides about retries"));
        requirements.add(Requirement.atMost(
                MAX_MESSAGE_BYTES_CONFIG,
                settings.maxRecordBytes(),
                "a larger record could not be re-routed or rejected, and would stop the application; lower the one or"
                        + " raise max-record-bytes"));
        return provisioned(settings.topics().usageEvents(), Partitioning.LEADING, requirements);
    }

    private static TopicSpec usageRerouted(final ProvisioningSettings settings) {
        final List<Requirement> requirements = new ArrayList<>(RetentionRules.usage(settings));
        requirements.add(deleted("of each customer only the last event would stay"));
        requirements.add(brokerTime("its order would not be that of arrival"));
        requirements.add(holdsAnyRecord(settings));
        return provisioned(settings.topics().usageRerouted(), Partitioning.SAME, requirements);
    }

    private static TopicSpec featureCatalog(final ProvisioningSettings settings) {
        return provisioned(
                settings.topics().featureCatalog(),
                Partitioning.ONE_AT_FIRST,
                List.of(compacted("features would be forgotten, and their usage rejected")));
    }

    private static TopicSpec subscriptions(final ProvisioningSettings settings) {
        return provisioned(
                settings.topics().subscriptions(),
                Partitioning.SAME,
                List.of(
                        compacted("subscriptions would be forgotten, and usage counted into wrong periods"),
                        brokerTime("a rerun could read it in another order")));
    }

    private static TopicSpec billingUsage(final ProvisioningSettings settings) {
        return provisioned(
                settings.topics().billingUsage(),
                Partitioning.SAME_AT_FIRST,
                List.of(compacted("aggregates would be forgotten before they are billed")));
    }

    private static TopicSpec usageRejected(final ProvisioningSettings settings) {
        final List<Requirement> requirements = new ArrayList<>(RetentionRules.rejected(settings));
        requirements.add(deleted("of each customer only the last rejection would stay"));
        requirements.add(holdsAnyRecord(settings));
        return provisioned(settings.topics().usageRejected(), Partitioning.SAME_AT_FIRST, requirements);
    }

    private static TopicSpec dedupChangelog(
            final ProvisioningSettings settings, final Optional<TopicState> usageEvents) {
        return new TopicSpec(
                settings.applicationId() + "-" + DEDUP_STORE + "-changelog",
                Partitioning.SAME,
                Origin.INTERNAL,
                List.of(
                        RetentionRules.dedupChangelog(settings, usageEvents),
                        brokerTime("idempotency keys of replayed events would be deleted at once")));
    }

    private static TopicSpec provisioned(
            final String name, final Partitioning partitioning, final List<Requirement> requirements) {
        return new TopicSpec(name, partitioning, Origin.PROVISIONED, requirements);
    }

    private static Requirement compacted(final String why) {
        return Requirement.exactly(CLEANUP_POLICY_CONFIG, "compact", why);
    }

    private static Requirement deleted(final String why) {
        return Requirement.exactly(CLEANUP_POLICY_CONFIG, "delete", why);
    }

    private static Requirement brokerTime(final String why) {
        return Requirement.exactly(MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime", why);
    }

    private static Requirement holdsAnyRecord(final ProvisioningSettings settings) {
        return Requirement.atLeast(
                MAX_MESSAGE_BYTES_CONFIG,
                settings.maxWrittenBytes(),
                "the largest usage event with what is added to it would not fit, and would stop the application");
    }
}
