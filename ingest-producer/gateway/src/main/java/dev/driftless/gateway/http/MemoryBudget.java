package dev.driftless.gateway.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all bodies at a time. Safe for use by several threads. */
final class MemoryBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    MemoryBudget(final long limit) {
        this.limit = limit;
    }

    boolean reserve(final long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        release(bytes);
        return false;
    }

    void release(final long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
