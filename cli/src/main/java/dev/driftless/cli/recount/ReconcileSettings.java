package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a reconciliation needs to know.
 *
 * @param recount topics, brokers, registry and rules
 * @param usageRerouted topic of the misplaced events
 * @param applicationId consumer group of the application, which says how far it has read
 * @param emissionDelay how long after an event was counted its aggregate is in the billing topic at the latest
 * @param scope what is compared
 * @param directory where state is kept; one that was stopped goes on from there
 */
public record ReconcileSettings(
        RecountSettings recount,
        String usageRerouted,
        String applicationId,
        Duration emissionDelay,
        Scope scope,
        Path directory) {
    public ReconcileSettings {
        requireNonNull(recount);
        requireNonNull(usageRerouted);
        requireNonNull(applicationId);
        requireNonNull(emissionDelay);
        requireNonNull(scope);
        requireNonNull(directory);
    }

    /**
     * What is compared; nothing given is all.
     *
     * @param from periods that start then or later
     * @param to periods that start before
     */
    public record Scope(
            Optional<String> customer, Optional<String> feature, Optional<Instant> from, Optional<Instant> to) {
        /** Everything. */
        public static final Scope ALL =
                new Scope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        boolean holds(final AggregateName name) {
            return customer.map(name.customer()::equals).orElse(true)
                    && feature.map(name.feature()::equals).orElse(true)
                    && from.map(first -> name.periodStart() >= first.toEpochMilli())
                            .orElse(true)
                    && to.map(end -> name.periodStart() < end.toEpochMilli()).orElse(true);
        }
    }
}
