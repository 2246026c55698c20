package dev.driftless.cli.demo;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.demo.DemoRecord.Tracked;
import dev.driftless.cli.demo.DemoRecord.Written;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import dev.driftless.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes the demo's records: events through the client, bytes past it. Counts what the brokers hold. One thread
 * publishes; counts may be read by any.
 */
final class Publisher implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final UsageClient client;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final LongAdder held = new LongAdder();
    private final LongAdder rerouted = new LongAdder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Publisher(final ConnectionOptions connection, final Topics topics) {
        this.topic = topics.usageEvents();
        this.client = UsageClient.create(UsageClientConfig.builder()
                .bootstrapServers(connection.bootstrapServers())
                .schemaRegistryUrl(connection.schemaRegistryUrl())
                .topic(topic)
                .build());
        final Map<String, Object> settings = connection.client();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Publishes a record.
     *
     * @throws CliException if an earlier one could not be published
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The callbacks settle them.
    void publish(final DemoRecord record) {
        throwIfFailed();
        if (record instanceof Tracked tracked) {
            client.track(tracked.usage()).whenComplete((receipt, failed) -> settle(failed, false));
        } else if (record instanceof Written written) {
            producer.send(
                    new ProducerRecord<>(topic, written.partition().orElse(null), written.key(), written.value()),
                    (metadata, failed) -> settle(failed, written.isRerouted()));
        }
    }

    private void settle(final Throwable failed, final boolean isRerouted) {
        if (failed != null) {
            failure.compareAndSet(null, failed);
            return;
        }
        held.increment();
        if (isRerouted) {
            rerouted.increment();
        }
    }

    private void throwIfFailed() {
        final Throwable failed = failure.get();
        if (failed != null) {
            throw new CliException("an event could not be published: " + ConnectionOptions.rootMessage(failed), failed);
        }
    }

    /**
     * Waits until the brokers hold everything.
     *
     * @throws CliException if they do not
     */
    void finish() {
        producer.flush();
        final List<Usage> undelivered = client.flush(DEADLINE);
        throwIfFailed();
        if (!undelivered.isEmpty()) {
            throw new CliException(
                    undelivered.size() + " events could not be published within " + DEADLINE.toSeconds() + " seconds");
        }
    }

    /** Records that the brokers have acknowledged. */
    long held() {
        return held.sum();
    }

    /** Those among them that the application has to pass on, and so will read twice. */
    long rerouted() {
        return rerouted.sum();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        client.close(Duration.ofSeconds(5));
    }
}
