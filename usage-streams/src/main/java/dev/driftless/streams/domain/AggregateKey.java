package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * Names one aggregate.
 *
 * @param customerId the billing customer
 * @param feature the feature code
 * @param periodStart first instant of the period
 * @param groups the combination of the feature's groupBy values, in the order of its groupBy; empty without
 */
public record AggregateKey(String customerId, String feature, Instant periodStart, List<GroupValue> groups) {
    public AggregateKey {
        requireNonNull(customerId);
        requireNonNull(feature);
        requireNonNull(periodStart);
        groups = List.copyOf(groups);
    }

    /** The value of one groupBy property; empty where an event has none. */
    public record GroupValue(String property, String value) {
        public GroupValue {
            requireNonNull(property);
            requireNonNull(value);
        }
    }
}
