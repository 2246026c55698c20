package dev.driftless.cli.recount;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names an aggregate.
 *
 * @param periodStart milliseconds since 1970
 * @param groups values of the properties by which the feature groups; empty without
 */
public record AggregateName(String customer, String feature, long periodStart, Map<String, String> groups) {
    public AggregateName {
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
    }

    /** Without groups. */
    public AggregateName(final String customer, final String feature, final long periodStart) {
        this(customer, feature, periodStart, Map.of());
    }

    @Override
    public String toString() {
        return customer + " / " + feature + (groups.isEmpty() ? "" : " " + groups) + " / "
                + Instant.ofEpochMilli(periodStart);
    }
}
