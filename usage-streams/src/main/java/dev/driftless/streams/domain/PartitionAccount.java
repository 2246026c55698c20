package dev.driftless.streams.domain;

import dev.driftless.schemas.RejectionReason;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the records of one partition, since its first. It changes in the same transaction as the effects of
 * each record, so that it is exact at any moment, also after a crash.
 *
 * @param partition partition of the usage events, and of the re-routed ones
 * @param read records read, ticks left out; counted where records are read, apart from their outcomes
 * @param counted records that were counted
 * @param duplicates records that repeated a counted one
 * @param rejected records that were rejected, by reason; reasons that did not occur are absent
 * @param rerouted misplaced records that were passed on to their partition, where they are read once more
 * @param ticks records by which the application itself tells an idle partition the time; not usage
 * @param clock the partition's time: the latest broker time read
 * @param readTo offset of the last record read of this partition of the usage events; nothing before the first
 */
public record PartitionAccount(
        int partition,
        long read,
        long counted,
        long duplicates,
        Map<RejectionReason, Long> rejected,
        long rerouted,
        long ticks,
        Instant clock,
        Optional<Long> readTo) {

    public PartitionAccount {
        final Map<RejectionReason, Long> sorted = new EnumMap<>(RejectionReason.class);
        sorted.putAll(rejected);
        rejected = Collections.unmodifiableMap(sorted);
    }

    /** The account of a partition of which nothing was read. */
    public static PartitionAccount open(final int partition) {
        return new PartitionAccount(partition, 0, 0, 0, Map.of(), 0, 0, Instant.EPOCH, Optional.empty());
    }

    /** This account with another number of records read. */
    public PartitionAccount withRead(final long newRead) {
        return new PartitionAccount(partition, newRead, counted, duplicates, rejected, rerouted, ticks, clock, readTo);
    }

    public PartitionAccount plusCounted() {
        return new PartitionAccount(partition, read, counted + 1, duplicates, rejected, rerouted, ticks, clock, readTo);
    }

    public PartitionAccount plusDuplicate() {
        return new PartitionAccount(partition, read, counted, duplicates + 1, rejected, rerouted, ticks, clock, readTo);
    }

    public PartitionAccount plusRejected(final RejectionReason reason) {
        final Map<RejectionReason, Long> more = new EnumMap<>(RejectionReason.class);
        more.putAll(rejected);
        more.merge(reason, 1L, Long::sum);
        return new PartitionAccount(partition, read, counted, duplicates, more, rerouted, ticks, clock, readTo);
    }

    public PartitionAccount plusRerouted() {
        return new PartitionAccount(partition, read, counted, duplicates, rejected, rerouted + 1, ticks, clock, readTo);
    }

    public PartitionAccount plusTick() {
        return new PartitionAccount(partition, read, counted, duplicates, rejected, rerouted, ticks + 1, clock, readTo);
    }

    /** This account at a later point of the partition. */
    public PartitionAccount at(final Instant newClock, final Optional<Long> newReadTo) {
        return new PartitionAccount(
                partition, read, counted, duplicates, rejected, rerouted, ticks, newClock, newReadTo);
    }

    /** Records that have an outcome. */
    public long settled() {
        return counted + duplicates + rejectedInAll() + rerouted;
    }

    /** Whether each record read has exactly one outcome. */
    public boolean isBalanced() {
        return read == settled();
    }

    /** Records rejected, for whatever reason. */
    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
