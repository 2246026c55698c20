package dev.driftless.cli.ingest;

import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/** Up to which line everything is settled, though lines are settled in any order. Safe for use by several threads. */
final class Settled {
    private final ConcurrentSkipListSet<Long> pending = new ConcurrentSkipListSet<>();
    private final AtomicLong last;

    Settled(final long from) {
        this.last = new AtomicLong(from);
    }

    /** A line is on its way; lines are begun in order, by one thread. */
    void begin(final long line) {
        pending.add(line);
        last.set(line);
    }

    void settle(final long line) {
        pending.remove(line);
    }

    /** Read by the thread that begins lines. */
    long upTo() {
        final Long first = pending.ceiling(0L);
        return first == null ? last.get() : first - 1;
    }
}
