package dev.driftless.gateway.http;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The requests that are not answered yet. Safe for use by several threads. */
final class ActiveRequests {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int count;

    void enter() {
        add(1);
    }

    void leave() {
        add(-1);
    }

    private void add(final int change) {
        lock.lock();
        try {
            count += change;
            if (count == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are none; false if there still are when the time is over. */
    boolean awaitNone(final Duration time) throws InterruptedException {
        long left = time.toNanos();
        lock.lock();
        try {
            while (count > 0 && left > 0) {
                left = none.awaitNanos(left);
            }
            return count == 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }
}
