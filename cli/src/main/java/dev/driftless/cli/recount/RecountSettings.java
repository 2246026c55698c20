package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * What a recount needs to know.
 *
 * @param client settings of a Kafka consumer, {@code bootstrap.servers} among them
 * @param schemaRegistryUrl base of the registry's Confluent API
 * @param usageEvents topic of the raw events
 * @param featureCatalog topic of the features
 * @param subscriptions topic of the customers' periods
 * @param billingUsage topic of the aggregates
 * @param usageRejected topic of the rejections
 * @param window the times that decide about admission and duplicates
 * @param closing when periods close, and what then becomes of their events
 */
public record RecountSettings(
        Map<String, Object> client,
        String schemaRegistryUrl,
        String usageEvents,
        String featureCatalog,
        String subscriptions,
        String billingUsage,
        String usageRejected,
        Window window,
        Closing closing) {
    public RecountSettings {
        client = Map.copyOf(client);
        requireNonNull(schemaRegistryUrl);
        requireNonNull(usageEvents);
        requireNonNull(featureCatalog);
        requireNonNull(subscriptions);
        requireNonNull(billingUsage);
        requireNonNull(usageRejected);
        requireNonNull(window);
        requireNonNull(closing);
    }

    /**
     * The times that the application was configured with.
     *
     * @param dedup how long a counted key is remembered
     * @param admissibleAge how far occurred-at may lie before the arrival
     * @param clockSkew how far occurred-at may lie after the arrival
     */
    public record Window(Duration dedup, Duration admissibleAge, Duration clockSkew) {
        /** As the application has it unless configured otherwise. */
        public static final Window DEFAULT =
                new Window(Duration.ofDays(35), Duration.ofDays(35).minusMinutes(5), Duration.ofMinutes(5));
    }

    /**
     * How the application was configured to close periods.
     *
     * @param grace how long after its end a period stays open
     * @param latePolicy {@code AMEND}, {@code NEXT} or {@code REJECT}, for features that do not say themselves
     * @param groupLimit how many groups a customer may have of a feature in a period
     */
    public record Closing(Duration grace, String latePolicy, int groupLimit) {
        /** As the application has it unless configured otherwise. */
        public static final Closing DEFAULT = new Closing(Duration.ofHours(1), "AMEND", 1_000);
    }
}
