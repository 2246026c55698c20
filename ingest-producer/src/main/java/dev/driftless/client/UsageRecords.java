package dev.driftless.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Usage events as records for a Kafka producer of the service's own: for usage that is to be published in one transaction
 * with other records, so that both are there or neither is.
 *
 * <pre>{@code
 * producer.beginTransaction();
 * producer.send(invoiceLine);
 * producer.send(records.toRecord(usage));
 * producer.commitTransaction();
 * }</pre>
 *
 * <p>The producer must write keys and values with {@code ByteArraySerializer}, and place records as Kafka's own
 * partitioner does: {@code partitioner.class} and {@code partitioner.ignore.keys} not set. A transactional producer has
 * {@code acks=all} and is idempotent. An event of an aborted transaction was never published; send the same
 * {@link Usage} again in the next one. Everything else needs {@link UsageClient} instead, which says what became of each
 * event. Safe for use by several threads.
 */
public final class UsageRecords {
    private final String topic;
    private final UsageEncoder encoder;

    UsageRecords(final String topic, final int schemaId) {
        this.topic = requireNonNull(topic);
        this.encoder = new UsageEncoder(schemaId);
    }

    /**
     * Looks the schema and the topic up, and keeps no connection.
     *
     * @param config where they are; what is said there of buffers, delivery and closing is of no effect here
     * @throws UsageClientStartException if one of them is not there, or the Kafka client does not accept its settings
     */
    public static UsageRecords create(final UsageClientConfig config) {
        final int schemaId = SchemaLookup.schemaId(config);
        try {
            TopicLookup.requireTopic(config, ProducerSettings.admin(config));
            return new UsageRecords(config.topic(), schemaId);
        } catch (final KafkaException e) {
            throw UsageClientStartException.settingsRefused(e);
        }
    }

    /**
     * The record of an event; equal events give equal records. It names no partition, because the producer's own
     * partitioner takes murmur2 of the key, and no timestamp, because the broker's clock counts.
     */
    public ProducerRecord<byte[], byte[]> toRecord(final Usage usage) {
        return new ProducerRecord<>(topic, usage.customer().getBytes(UTF_8), encoder.encode(usage));
    }
}
