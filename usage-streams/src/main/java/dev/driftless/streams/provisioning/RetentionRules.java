package dev.driftless.streams.provisioning;

import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long topics keep their records. */
final class RetentionRules {
    private static final long FOREVER = -1;

    private RetentionRules() {}

    /**
     * Usage events are kept for as long as the settings say, and never for less than the dedup window. Where they are kept
     * for longer nothing is shortened, since that would delete them; see {@link #dedupChangelog}.
     */
    static List<Requirement> usage(final ProvisioningSettings settings) {
        final long window = settings.dedupWindow().toMillis();
        final long wanted = millis(settings.usageEventsRetention());
        return List.of(
                Requirement.number(
                        RETENTION_MS_CONFIG,
                        wanted,
                        is -> isLonger(is, window),
                        "longer than the dedup window, " + text(window),
                        "what was counted could not be recounted"),
                Requirement.number(
                                RETENTION_MS_CONFIG,
                                wanted,
                                is -> !isLonger(wanted, is),
                                "at least usage-events-retention, " + text(wanted),
                                "usage events go earlier than intended")
                        .advisory(),
                Requirement.number(
                                RETENTION_MS_CONFIG,
                                wanted,
                                is -> !isLonger(is, wanted),
                                "usage-events-retention, " + text(wanted),
                                "usage events, and with them the idempotency keys in the changelog, are kept for longer"
                                        + " than intended; raise the setting")
                        .advisory()
                        .byHand(),
                noLimitBySize("usage events that were not read yet could be deleted"));
    }

    /** Rejected records are kept for as long as the settings say. */
    static List<Requirement> rejected(final ProvisioningSettings settings) {
        final long wanted = millis(settings.usageRejectedRetention());
        return List.of(
                Requirement.number(
                                RETENTION_MS_CONFIG,
                                wanted,
                                is -> !isLonger(wanted, is),
                                "at least usage-rejected-retention, " + text(wanted),
                                "rejected records go earlier than intended")
                        .advisory(),
                noLimitBySize("rejected records could be deleted before anybody has seen them"));
    }

    /**
     * The changelog of idempotency keys keeps them for as long as an event that they are needed for can be read.
     *
     * @param usageEvents as they are, if they exist
     */
    static Requirement dedupChangelog(final ProvisioningSettings settings, final Optional<TopicState> usageEvents) {
        final long needed = millis(readable(settings, usageEvents).map(settings.dedupWindow()::plus));
        return Requirement.number(
                RETENTION_MS_CONFIG,
                needed,
                is -> !isLonger(needed, is),
                "at least the dedup window on top of the retention of usage events, " + text(needed),
                "after a restore, idempotency keys that are still needed would be missing");
    }

    /**
     * For how long after its arrival an event can be read: the longer one of what is configured and what the topic has;
     * nothing for ever.
     */
    static Optional<Duration> readable(final ProvisioningSettings settings, final Optional<TopicState> usageEvents) {
        final long configured = millis(settings.usageEventsRetention());
        final long longest = usageEvents
                .flatMap(state -> Numbers.parse(state.valueOf(RETENTION_MS_CONFIG)))
                .filter(is -> isLonger(is, configured))
                .orElse(configured);
        return longest == FOREVER ? Optional.empty() : Optional.of(Duration.ofMillis(longest));
    }

    private static Requirement noLimitBySize(final String why) {
        return Requirement.exactly(RETENTION_BYTES_CONFIG, Long.toString(FOREVER), why);
    }

    private static long millis(final Optional<Duration> retention) {
        return retention.map(Duration::toMillis).orElse(FOREVER);
    }

    private static String text(final long millis) {
        return millis == FOREVER ? FOREVER + " (for ever)" : millis + " (" + Duration.ofMillis(millis) + ")";
    }

    /** Whether one retention is longer than another. */
    private static boolean isLonger(final long one, final long other) {
        return other != FOREVER && (one == FOREVER || one > other);
    }
}
