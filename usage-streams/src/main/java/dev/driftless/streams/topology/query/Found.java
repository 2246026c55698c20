package dev.driftless.streams.topology.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An answer out of the stores.
 *
 * @param value the answer
 * @param partition partition of the customer
 * @param asOf the partition's time up to which it holds
 * @param isStale whether it comes from a copy, which may lag behind
 */
public record Found<T>(T value, int partition, Instant asOf, boolean isStale) {
    public Found {
        requireNonNull(value);
        requireNonNull(asOf);
    }
}
