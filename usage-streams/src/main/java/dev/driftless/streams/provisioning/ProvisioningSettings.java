package dev.driftless.streams.provisioning;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.Topics;
import java.time.Duration;
import java.util.Optional;

/**
 * From which the topics' settings follow.
 *
 * @param topics names of the topics
 * @param applicationId names the installation's internal topics
 * @param partitions of a topic when it is created
 * @param replicationFactor of a topic when it is created; -1 for what the brokers default to
 * @param dedupWindow how long idempotency keys are remembered
 * @param usageEventsRetention how long usage events are kept; nothing for ever
 * @param usageRejectedRetention how long rejected records are kept; nothing for ever
 * @param maxRecordBytes largest batch, and so record, that is taken into the usage events
 */
public record ProvisioningSettings(
        Topics topics,
        String applicationId,
        int partitions,
        short replicationFactor,
        Duration dedupWindow,
        Optional<Duration> usageEventsRetention,
        Optional<Duration> usageRejectedRetention,
        int maxRecordBytes) {
    /**
     * What a record that the application writes for another one may add to it: names, a reason and its explanation,
     * headers, and the batch around it. Each of the fields is bounded, and a field that breaks its bound is left out.
     */
    private static final int MOST_ADDED_BYTES = 64 * 1024;

    /** @throws IllegalArgumentException if usage events are not kept for longer than the dedup window */
    public ProvisioningSettings {
        requireNonNull(topics);
        requireNonNull(applicationId);
        requireNonNull(usageRejectedRetention);
        usageEventsRetention.ifPresent(retention -> {
            if (retention.compareTo(dedupWindow) <= 0) {
                throw new IllegalArgumentException(
                        "retention " + retention + " of usage events must be longer than dedup" + " window "
                                + dedupWindow + ": otherwise what was counted could not be recounted");
            }
        });
    }

    /** Size of the largest record that the application writes: any usage event with what is added to it. */
    public int maxWrittenBytes() {
        return maxRecordBytes + MOST_ADDED_BYTES;
    }
}
