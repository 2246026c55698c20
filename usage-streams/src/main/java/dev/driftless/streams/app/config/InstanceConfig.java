package dev.driftless.streams.app.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How one instance of the application runs.
 *
 * @param applicationId names the installation
 * @param stateDir directory of its state
 * @param threads at least 1
 * @param commitInterval between two commits
 * @param transactionTimeout longer than the commit interval
 * @param sessionTimeout after which a dead instance's partitions are taken over
 * @param standbyReplicas copies of the state on other instances
 * @param cacheBytes heap for what is written between two commits
 * @param rocksDbBytes memory outside of the heap for all state on disk
 */
public record InstanceConfig(
        String applicationId,
        Path stateDir,
        int threads,
        Duration commitInterval,
        Duration transactionTimeout,
        Duration sessionTimeout,
        int standbyReplicas,
        long cacheBytes,
        long rocksDbBytes) {

    /** @throws IllegalArgumentException if the transaction timeout does not exceed the commit interval */
    public InstanceConfig {
        if (transactionTimeout.compareTo(commitInterval) <= 0) {
            throw new IllegalArgumentException("transaction timeout " + Durations.format(transactionTimeout)
                    + " must be longer than commit interval " + Durations.format(commitInterval)
                    + ": otherwise brokers abort transactions that are still in use");
        }
    }
}
