package dev.driftless.bench.traffic;

import dev.driftless.bench.traffic.UsageEvents.Encoded;
import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.catalog.CatalogFile;
import dev.driftless.cli.catalog.CatalogPlan;
import dev.driftless.cli.catalog.CatalogTopic;
import dev.driftless.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts a workload's events and catalog into the topics, once for all cases, compressed as {@code UsageClient} does it. */
public final class Loading {
    private Loading() {}

    /** Publishes the features of the events. */
    public static void catalog(final ConnectionOptions connection) {
        final CatalogFile file = catalogFile();
        final CatalogPlan plan = new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection)
                .apply(catalog -> CatalogPlan.of(file.features(), catalog, false));
        if (!file.problems().isEmpty() || !plan.problems().isEmpty()) {
            throw new IllegalStateException("the benchmark's catalog: " + file.problems() + plan.problems());
        }
    }

    private static CatalogFile catalogFile() {
        try (InputStream file = Loading.class.getResourceAsStream("catalog.yaml")) {
            return CatalogFile.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException unreadable) {
            throw new IllegalStateException("the benchmark's catalog cannot be read", unreadable);
        }
    }

    /**
     * Publishes the events.
     *
     * @throws CliException if one of them could not be published
     */
    public static void events(final ConnectionOptions connection, final Workload workload) {
        final AtomicReference<Exception> failure = new AtomicReference<>();
        final UsageEvents events = new UsageEvents(workload, schemaId(connection));
        try (KafkaProducer<byte[], byte[]> producer = producer(connection)) {
            for (long number = 0; number < workload.events(); number++) {
                final Encoded event = events.get(number);
                send(producer, new ProducerRecord<>(Topics.DEFAULT.usageEvents(), event.key(), event.value()), failure);
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new CliException("an event could not be published", failure.get());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the failure.
    private static void send(
            final KafkaProducer<byte[], byte[]> producer,
            final ProducerRecord<byte[], byte[]> event,
            final AtomicReference<Exception> failure) {
        producer.send(event, (metadata, failed) -> failure.compareAndSet(null, failed));
    }

    /** A producer for much at once. */
    static KafkaProducer<byte[], byte[]> producer(final ConnectionOptions connection) {
        final Map<String, Object> settings = connection.client();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Id of the schema of usage events.
     *
     * @throws CliException if it is not registered
     */
    public static int schemaId(final ConnectionOptions connection) {
        final String subject = Topics.DEFAULT.usageEvents() + "-value";
        try {
            return connection.registry().getLatestSchemaMetadata(subject).getId();
        } catch (final IOException | RestClientException failure) {
            throw new CliException("no schema of subject " + subject + ": " + failure.getMessage(), failure);
        }
    }
}
