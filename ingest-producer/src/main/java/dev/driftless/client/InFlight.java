package dev.driftless.client;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The events on their way, and the bound on their number. An event holds its place until its sender is about to be told,
 * so that slow senders slow sending down, too. Safe for use by several threads.
 */
final class InFlight {
    private final Semaphore places;
    private final Set<InFlightUsage> events = ConcurrentHashMap.newKeySet();
    private final AtomicLong sent = new AtomicLong();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    InFlight(final int limit) {
        this.places = new Semaphore(limit);
    }

    /** Takes a place, waiting for one until the deadline. */
    boolean takePlace(final Deadline deadline) throws InterruptedException {
        return places.tryAcquire() || places.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    }

    /** Gives the place of an event back. */
    void freePlace() {
        places.release();
    }

    /** Registers an event that has a place. */
    InFlightUsage add(final Usage usage) {
        final InFlightUsage event = new InFlightUsage(sent.getAndIncrement(), usage);
        events.add(event);
        return event;
    }

    /** Settles an event as held by the brokers; false if it was settled before. */
    boolean acknowledge(final InFlightUsage event, final Receipt receipt) {
        return event.outcome().complete(receipt) && settled(event, acknowledged);
    }

    /** Settles an event as not known to be held; false if it was settled before. */
    boolean fail(final InFlightUsage event, final UsageNotSentException failure) {
        return event.outcome().completeExceptionally(failure) && settled(event, failed);
    }

    private boolean settled(final InFlightUsage event, final LongAdder count) {
        events.remove(event);
        count.increment();
        return true;
    }

    /** Counts an event that got no place or was not to be sent at all. */
    void refuse() {
        refused.increment();
    }

    /** The events that are not settled, in the order of sending. */
    List<InFlightUsage> unsettled() {
        return events.stream()
                .sorted(Comparator.comparingLong(InFlightUsage::sequence))
                .toList();
    }

    UsageClientMetrics metrics() {
        final long settledWell = acknowledged.sum();
        final long settledBadly = failed.sum();
        // Read last, so that events in flight are never negative.
        final long all = sent.get();
        return new UsageClientMetrics(all, settledWell, settledBadly, refused.sum(), all - settledWell - settledBadly);
    }
}
