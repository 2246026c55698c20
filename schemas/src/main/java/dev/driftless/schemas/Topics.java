package dev.driftless.schemas;

import static java.util.Objects.requireNonNull;

/**
 * Names of the topics. Subjects in the schema registry follow from them by {@code TopicNameStrategy}.
 *
 * @param usageEvents input: customer id to {@link UsageEvent}
 * @param usageRerouted input written by the streams application alone: the bytes of {@code usageEvents} records that
 *     stood in another partition than murmur2 of their customer id gives
 * @param featureCatalog table: feature code to {@link FeatureDefinition}
 * @param subscriptions table: customer id to {@link Subscription}
 * @param billingUsage output: {@link UsageAggregateKey} to {@link UsageAggregate}
 * @param usageRejected output: customer id where known to {@link RejectedUsage}
 */
public record Topics(
        String usageEvents,
        String usageRerouted,
        String featureCatalog,
        String subscriptions,
        String billingUsage,
        String usageRejected) {

    /** The names used unless configured otherwise. */
    public static final Topics DEFAULT = new Topics(
            "usage-events", "usage-rerouted", "feature-catalog", "subscriptions", "billing-usage", "usage-rejected");

    public Topics {
        requireNonNull(usageEvents);
        requireNonNull(usageRerouted);
        requireNonNull(featureCatalog);
        requireNonNull(subscriptions);
        requireNonNull(billingUsage);
        requireNonNull(usageRejected);
    }
}
