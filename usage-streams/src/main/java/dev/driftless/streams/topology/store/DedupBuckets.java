package dev.driftless.streams.topology.store;

import java.time.Duration;
import java.time.Instant;

/**
 * How the dedup window is laid over buckets of time.
 *
 * <p>A window of length W is cut into n buckets of length B = W / n, rounded up, so that n * B >= W. A mark lies in the
 * bucket that holds its arrival. The marks that may still be in the window at a time t arrived in [t - W, t], and so lie
 * in t's bucket or one of the n before it: n + 1 point look-ups find every one, and no range has to be scanned.
 *
 * <p>The store must keep those n + 1 buckets. It drops what is older than its retention behind the start of the latest
 * bucket written, hence a retention of n * B and one millisecond.
 */
public final class DedupBuckets {
    private final int count;
    private final long length;

    /**
     * Lays a window over buckets.
     *
     * @param window length of the dedup window
     * @param count number of buckets that the window is cut into, at least 1
     */
    public DedupBuckets(final Duration window, final int count) {
        this.count = count;
        this.length = Math.max(1, -Math.floorDiv(-window.toMillis(), (long) count));
    }

    /** Start of the bucket that holds an instant, in milliseconds. */
    long bucketOf(final Instant instant) {
        return Math.floorDiv(instant.toEpochMilli(), length) * length;
    }

    /** Starts of the buckets in which a mark of the window may lie, latest first, in milliseconds; none before 1970. */
    long[] bucketsAt(final Instant now) {
        final long latest = bucketOf(now);
        final long[] starts = new long[(int) Math.min(count, latest / length) + 1];
        for (int back = 0; back < starts.length; back++) {
            starts[back] = latest - back * length;
        }
        return starts;
    }

    /** How long a bucket must be kept, counted from the start of the latest. */
    public Duration retention() {
        return Duration.ofMillis(Math.addExact(Math.multiplyExact(count, length), 1));
    }

    /** Length of a bucket. */
    public Duration length() {
        return Duration.ofMillis(length);
    }
}
