package dev.driftless.bench.traffic;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What is sent through each case. Equal workloads give equal events.
 *
 * @param seed decides what is left to chance
 * @param events how many
 * @param customers of how many customers; a quarter of them has half of the events
 * @param start the time from which occurred-at is counted back
 */
public record Workload(long seed, long events, int customers, Instant start) {
    public Workload {
        requireNonNull(start);
    }
}
