package dev.driftless.streams.domain;

import dev.driftless.schemas.RejectionReason;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the records of one partition, since its first. It changes in the same transaction as the effects of
 * each record, so that it is exact at any moment, also after a crash.
 *
 * @param partition partition of the usage events, and of the re-routed ones
 * @param counted records that were counted
 * @param duplicates records that repeated a counted one
 * @param rejected records that were rejected, by reason; reasons that did not occur are absent
 * @param rerouted misplaced records that were passed on to their partition, where they are read once more
 * @param ticks records by which the application itself tells an idle partition the time; not usage
 * @param clock the partition's time: the latest broker time read
 */
public record PartitionAccount(
        int partition,
        long counted,
        long duplicates,
        Map<RejectionReason, Long> rejected,
        long rerouted,
        long ticks,
        Instant clock) {

    public PartitionAccount {
        final Map<RejectionReason, Long> sorted = new EnumMap<>(RejectionReason.class);
        sorted.putAll(rejected);
        rejected = Collections.unmodifiableMap(sorted);
    }

    /** Records rejected, for whatever reason. */
    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
