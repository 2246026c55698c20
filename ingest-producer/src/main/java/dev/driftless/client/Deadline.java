package dev.driftless.client;

import java.time.Duration;

/** A point in time by which something must be done, however many steps it takes. */
record Deadline(long nanoTime) {
    private static final Duration LONGEST = Duration.ofDays(365);

    static Deadline after(final Duration duration) {
        final Duration bounded = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
        return new Deadline(System.nanoTime() + bounded.toNanos());
    }

    /** Never negative. */
    long remainingNanos() {
        return Math.max(0, nanoTime - System.nanoTime());
    }

    Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    boolean hasPassed() {
        return remainingNanos() == 0;
    }
}
