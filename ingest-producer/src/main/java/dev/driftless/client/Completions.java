package dev.driftless.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread that tells senders what became of their events, in order. It is not the producer's network thread, so that
 * whatever senders do when they are told delays nobody's delivery. Its queue is bounded by the places in
 * {@link InFlight}.
 */
final class Completions {
    private final ThreadPoolExecutor executor;
    private volatile Thread thread;

    Completions(final String name) {
        this.executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> newThread(task, name),
                // Closed: a sender that came too late is told on its own thread.
                (task, closed) -> task.run());
    }

    private Thread newThread(final Runnable task, final String name) {
        final Thread created = new Thread(task, name);
        created.setDaemon(true);
        thread = created;
        return created;
    }

    void execute(final Runnable task) {
        executor.execute(task);
    }

    /** Whether the caller is a sender that is being told; it must not wait for others to be told. */
    boolean runsOnCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Waits until everyone is told who was to be told before the call. An interrupt ends it early and stays set. */
    void awaitTold(final Deadline deadline) {
        final CountDownLatch told = new CountDownLatch(1);
        execute(told::countDown);
        await(told, deadline);
    }

    /** Ends the thread once everyone is told, and waits for that. An interrupt ends the wait early and stays set. */
    void close(final Deadline deadline) {
        awaitTold(deadline);
        executor.shutdown();
    }

    private void await(final CountDownLatch told, final Deadline deadline) {
        if (runsOnCurrentThread()) {
            return;
        }
        try {
            told.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
