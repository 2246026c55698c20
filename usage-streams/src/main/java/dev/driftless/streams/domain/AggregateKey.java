package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;

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

    /**
     * Names the properties by which the key groups, whatever their values; 0 for a key without groups. Events of one
     * feature that were counted before and after a change of its groupBy are told apart by it.
     */
    public int grouping() {
        return groups.isEmpty()
                ? 0
                : groups.stream().map(GroupValue::property).toList().hashCode();
    }

    /** Whether an event with these properties has the values of this key's groups. */
    public boolean holds(final Map<String, String> properties) {
        return groups.stream()
                .allMatch(group -> properties.getOrDefault(group.property(), "").equals(group.value()));
    }

    /** The value of one groupBy property; empty where an event has none. */
    public record GroupValue(String property, String value) {
        public GroupValue {
            requireNonNull(property);
            requireNonNull(value);
        }
    }
}
