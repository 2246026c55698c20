package dev.driftless.streams.topology.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Counts what {@link Deadlines} has of one partition, read beside the thread that processes it. */
public final class DeadlineCounts {
    /** What is read of one partition: some ten milliseconds. */
    public static final int MOST = 20_000;

    private DeadlineCounts() {}

    /**
     * Counts aggregates by what their period is at. The earliest deadlines come first, so that with more than {@link #MOST}
     * those that are closing are counted and some of the others are not.
     *
     * @param now the partition's time
     * @param grace between the end of a period and its closing
     */
    public static PeriodCounts count(
            final int partition,
            final ReadOnlyKeyValueStore<Bytes, byte[]> deadlines,
            final Instant now,
            final Duration grace) {
        final long ended = now.plus(grace).toEpochMilli();
        long open = 0;
        long closing = 0;
        long closed = 0;
        try (KeyValueIterator<Bytes, byte[]> entries = deadlines.all()) {
            while (entries.hasNext() && open + closing + closed < MOST) {
                final ByteBuffer entry = ByteBuffer.wrap(entries.next().key.get());
                final long at = entry.getLong();
                if (Deadlines.Action.of(entry.get()) == Deadlines.Action.DROP) {
                    closed++;
                } else if (at <= ended) {
                    closing++;
                } else {
                    open++;
                }
            }
        }
        return new PeriodCounts(partition, open, closing, closed);
    }
}
