package dev.driftless.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes usage events, so that each is held by the brokers or reported as not held.
 *
 * <p><b>Results.</b> Each event has a future of its own. It completes with a {@link Receipt} once all in-sync replicas
 * hold the event, or fails with a {@link UsageNotSentException}, a type for each cause. Nothing but {@code null} makes
 * {@code track} throw. Whatever failed may be sent again as the same {@link Usage}: it is not counted twice.
 *
 * <p><b>Memory.</b> At most {@link UsageClientConfig#maxInFlight()} events are on their way at once, their senders not
 * told. When there are as many, {@code track} does as {@link WhenFull} says: it waits for a place until the deadline, or
 * fails at once. Having a place, it may have to wait as long again (at least 10 ms) for the producer's memory.
 *
 * <p><b>Threads.</b> Safe for use by several threads; one client per process is enough. Futures complete on a thread of
 * the client that does nothing else, one after the other: what depends on them may take its time without delaying any
 * delivery, but delays others' news, and in the end their places. It must not wait for another event's future there;
 * and a {@code track} from there never waits for a place. Completing or cancelling a future by hand has no effect on the
 * event.
 *
 * <p>A service that has to publish usage and other records of its own together or not at all sends both itself, in one
 * Kafka transaction; {@link UsageRecords} makes the records.
 */
public final class UsageClient implements AutoCloseable {
    private final UsageClientConfig config;
    private final Sender sender;

    UsageClient(final UsageClientConfig config, final int schemaId, final Producer<byte[], byte[]> producer) {
        this.config = config;
        this.sender = new Sender(config, new UsageRecords(config.topic(), schemaId), producer);
    }

    /**
     * A client that is ready to send: registry and brokers answer, topic and schema are there.
     *
     * @throws UsageClientStartException if one of them is not, or the producer does not accept its properties
     */
    public static UsageClient create(final UsageClientConfig config) {
        final int schemaId = SchemaLookup.schemaId(config);
        try {
            TopicLookup.requireTopic(config, ProducerSettings.admin(config));
            return started(config, schemaId, new KafkaProducer<>(ProducerSettings.producer(config)));
        } catch (final KafkaException e) {
            throw UsageClientStartException.settingsRefused(e);
        }
    }

    private static UsageClient started(
            final UsageClientConfig config, final int schemaId, final Producer<byte[], byte[]> producer) {
        try {
            TopicLookup.prepare(producer, config);
        } catch (final UsageClientStartException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        return new UsageClient(config, schemaId, producer);
    }

    /** Sends one event. */
    public CompletableFuture<Receipt> track(final Usage usage) {
        requireNonNull(usage, "usage");
        return sender.send(usage, sender.placeDeadline());
    }

    /**
     * Sends events. All are checked before the first is sent: an event with customer and key of an earlier one of the
     * batch and another content fails with {@link ConflictingKeyException} and takes no other with it. The deadline of
     * {@link WhenFull} is one for the whole batch.
     *
     * @return each event's own result, at the index of the event
     * @throws NullPointerException if an element is {@code null}; it names the index, and nothing was sent
     */
    public List<CompletableFuture<Receipt>> trackBatch(final List<Usage> batch) {
        final List<Usage> events = new ArrayList<>(batch);
        final Map<Integer, ConflictingKeyException> conflicts = BatchCheck.conflicts(events);
        final Deadline deadline = sender.placeDeadline();
        final List<CompletableFuture<Receipt>> results = new ArrayList<>(events.size());
        for (int index = 0; index < events.size(); index++) {
            final ConflictingKeyException conflict = conflicts.get(index);
            results.add(conflict == null ? sender.send(events.get(index), deadline) : sender.refuse(conflict));
        }
        return List.copyOf(results);
    }

    /**
     * Waits until all events that were on their way at the time of the call are settled and their senders told, or until
     * the deadline. An interrupt ends it early and stays set. Events leave after {@code linger.ms} at the latest, so
     * that there is nothing to push.
     *
     * @return the events among them that the brokers have not confirmed, in the order of sending; those that did not
     *     fail may still be delivered. Events whose future had failed before are not listed again.
     */
    public List<Usage> flush(final Duration deadline) {
        return sender.flush(Deadline.after(deadline));
    }

    /**
     * Takes no more events, waits as {@link #flush} does, then gives up what is still on its way and frees all
     * resources. Futures of events that were given up fail with {@link ClientClosedException}, when the deadline has
     * passed soon after this returns. Only the first call closes; later ones return at once and report nothing.
     *
     * @return the events that were on their way and that the brokers have not confirmed, in the order of sending: store
     *     them, and send them again later
     */
    public List<Usage> close(final Duration deadline) {
        return sender.close(Deadline.after(deadline));
    }

    /**
     * Closes as {@link #close(Duration)} does, with {@link UsageClientConfig#closeTimeout()}.
     *
     * @throws UndeliveredUsageException if there are events that the brokers have not confirmed; it holds them
     */
    @Override
    public void close() {
        final List<Usage> undelivered = close(config.closeTimeout());
        if (!undelivered.isEmpty()) {
            throw new UndeliveredUsageException(undelivered);
        }
    }

    /** What the client did so far. */
    public UsageClientMetrics metrics() {
        return sender.metrics();
    }
}
