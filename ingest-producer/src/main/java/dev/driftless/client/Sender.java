package dev.driftless.client;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands events to the producer and keeps account of what became of each. Safe for use by several threads. */
final class Sender {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    private final UsageClientConfig config;
    private final UsageRecords records;
    private final Producer<byte[], byte[]> producer;
    private final InFlight inFlight;
    private final Completions completions = new Completions("usage-client-completions");
    private final AtomicBoolean closed = new AtomicBoolean();

    Sender(final UsageClientConfig config, final UsageRecords records, final Producer<byte[], byte[]> producer) {
        this.config = config;
        this.records = records;
        this.producer = producer;
        this.inFlight = new InFlight(config.maxInFlight());
    }

    /** Until when a caller that starts now waits for places: one who is being told frees none while it waits. */
    Deadline placeDeadline() {
        return Deadline.after(
                completions.runsOnCurrentThread()
                        ? Duration.ZERO
                        : config.whenFull().patience());
    }

    CompletableFuture<Receipt> send(final Usage usage, final Deadline placeDeadline) {
        if (closed.get()) {
            return refuse(new ClientClosedException(usage, "the client is closed", null));
        }
        try {
            return inFlight.takePlace(placeDeadline) ? sendInPlace(usage) : refuse(bufferFull(usage));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse(new TrackInterruptedException(usage, "interrupted while waiting for a place"));
        }
    }

    /** Counts an event that is not sent, and gives the result for it. */
    CompletableFuture<Receipt> refuse(final UsageNotSentException refusal) {
        inFlight.refuse();
        return CompletableFuture.failedFuture(refusal);
    }

    /** Waits until all events now on their way are settled and their senders told; gives those not confirmed. */
    List<Usage> flush(final Deadline deadline) {
        final List<InFlightUsage> accepted = inFlight.unsettled();
        awaitSettled(accepted, deadline);
        completions.awaitTold(deadline);
        return unconfirmed(accepted);
    }

    /** Waits as {@link #flush} does, gives up the rest and ends; gives the events not confirmed. */
    List<Usage> close(final Deadline deadline) {
        if (!closed.compareAndSet(false, true)) {
            return List.of();
        }
        final List<InFlightUsage> accepted = inFlight.unsettled();
        awaitSettled(accepted, deadline);
        closeProducer();
        inFlight.unsettled().forEach(this::giveUp);
        completions.close(deadline);
        return unconfirmed(accepted);
    }

    UsageClientMetrics metrics() {
        return inFlight.metrics();
    }

    private CompletableFuture<Receipt> sendInPlace(final Usage usage) {
        final InFlightUsage event = inFlight.add(usage);
        // In this order, whoever closes either sees the event or is seen here.
        if (closed.get()) {
            giveUp(event);
            return event.promise();
        }
        try {
            final Future<RecordMetadata> unused =
                    producer.send(records.toRecord(usage), (metadata, error) -> answered(event, metadata, error));
        } catch (final RuntimeException e) {
            fail(event, DeliveryErrors.of(usage, e, closed.get()));
        }
        return event.promise();
    }

    private void answered(final InFlightUsage event, final RecordMetadata metadata, final Exception error) {
        if (error == null) {
            acknowledge(event, receipt(event.usage(), metadata));
        } else {
            fail(event, DeliveryErrors.of(event.usage(), error, closed.get()));
        }
    }

    private static Receipt receipt(final Usage usage, final RecordMetadata metadata) {
        final OptionalLong offset = metadata.hasOffset() ? OptionalLong.of(metadata.offset()) : OptionalLong.empty();
        return new Receipt(usage.idempotencyKey(), metadata.partition(), offset);
    }

    private void giveUp(final InFlightUsage event) {
        fail(event, new ClientClosedException(event.usage(), "the client was closed before it was confirmed", null));
    }

    private void acknowledge(final InFlightUsage event, final Receipt receipt) {
        if (inFlight.acknowledge(event, receipt)) {
            tell(() -> event.promise().complete(receipt));
        }
    }

    private void fail(final InFlightUsage event, final UsageNotSentException failure) {
        if (inFlight.fail(event, failure)) {
            tell(() -> event.promise().completeExceptionally(failure));
        }
    }

    private void tell(final Runnable news) {
        completions.execute(() -> {
            inFlight.freePlace();
            news.run();
        });
    }

    private BufferFullException bufferFull(final Usage usage) {
        return new BufferFullException(
                usage,
                config.maxInFlight() + " events are on their way, as many as maxInFlight allows; " + config.whenFull());
    }

    private static void awaitSettled(final List<InFlightUsage> events, final Deadline deadline) {
        final CompletableFuture<?>[] outcomes =
                events.stream().map(InFlightUsage::outcome).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(outcomes).get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (final ExecutionException e) {
            LOG.debug("All events are settled, at least one of them as failed", e);
        } catch (final TimeoutException e) {
            LOG.debug("Not all of {} events are settled at the deadline", events.size(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** At once: whatever could be delivered was waited for. */
    private void closeProducer() {
        try {
            producer.close(Duration.ZERO);
        } catch (final KafkaException e) {
            LOG.warn("The producer did not close cleanly; events that it did not confirm are reported", e);
        }
    }

    private static List<Usage> unconfirmed(final List<InFlightUsage> events) {
        return events.stream()
                .filter(event -> !event.isAcknowledged())
                .map(InFlightUsage::usage)
                .toList();
    }
}
