package dev.driftless.streams.provisioning;

import java.util.List;

/**
 * What provisioning found and did.
 *
 * @param done what was created, registered or changed, for people
 * @param drift what is not as it must be, after that
 * @param partitions of the usage events, and so of all that has as many
 * @param replicationFactor of topics that are created
 */
public record ProvisioningReport(List<String> done, DriftReport drift, int partitions, int replicationFactor) {
    public ProvisioningReport {
        done = List.copyOf(done);
    }
}
