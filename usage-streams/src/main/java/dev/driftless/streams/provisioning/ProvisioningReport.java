package dev.driftless.streams.provisioning;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What provisioning found and did.
 *
 * @param done what was created, registered or changed, for people
 * @param drift what is not as it must be, after that
 * @param partitions of the usage events, and so of all that has as many
 * @param replicationFactor of topics that are created
 * @param usageEventsRetention how long usage events are kept: as configured, or as the topic has it where that is longer;
 *     nothing for ever
 */
public record ProvisioningReport(
        List<String> done,
        DriftReport drift,
        int partitions,
        int replicationFactor,
        Optional<Duration> usageEventsRetention) {
    public ProvisioningReport {
        done = List.copyOf(done);
        requireNonNull(usageEventsRetention);
    }
}
