package dev.driftless.gateway.catalog;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.FeatureDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the catalog's topic on a thread of its own, from its beginning. What it knows is some moments old; brokers that
 * do not answer leave it as it is.
 */
public final class CatalogFollower implements CatalogView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final Deserializer<FeatureDefinition> values;
    private final String topic;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::follow, "catalog-follower");
    private volatile boolean closed;

    /**
     * A follower that has not read anything.
     *
     * @param consumer to read with; used by this alone and closed with it
     * @param values reads the rows
     * @param topic the catalog's topic
     */
    public CatalogFollower(
            final Consumer<String, byte[]> consumer, final Deserializer<FeatureDefinition> values, final String topic) {
        this.consumer = requireNonNull(consumer);
        this.values = requireNonNull(values);
        this.topic = requireNonNull(topic);
        thread.setDaemon(true);
    }

    /**
     * Reads all that is there now, then goes on following on its own thread.
     *
     * @throws KafkaException if the brokers do not answer, or the topic does not exist
     */
    public void start() {
        final List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("topic '" + topic + "' does not exist; create it with: ./driftless topics apply");
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
        LOG.info("catalog of {} features read from topic {}", entries.size(), topic);
        thread.start();
    }

    @Override
    public Entry find(final String code) {
        return entries.getOrDefault(code, Absence.UNKNOWN);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(END.toMillis());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            consumer.close();
        }
    }

    private void follow() {
        while (!closed) {
            try {
                consumer.poll(POLL).forEach(this::take);
            } catch (final WakeupException e) {
                LOG.debug("woken up to end", e);
            } catch (final KafkaException e) {
                LOG.warn("the catalog cannot be read at the moment; what was read before stands: {}", e.toString());
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private void take(final ConsumerRecord<String, byte[]> row) {
        if (row.key() == null) {
            LOG.warn("row at {}-{}@{} has no key; it is passed over", topic, row.partition(), row.offset());
        } else if (row.value() == null) {
            entries.remove(row.key());
        } else {
            entries.put(row.key(), entry(row));
        }
    }

    private Entry entry(final ConsumerRecord<String, byte[]> row) {
        try {
            final FeatureDefinition definition = values.deserialize(topic, row.value());
            if (definition.getCode().equals(row.key())) {
                return new Known(definition);
            }
            LOG.warn("the row under key '{}' is of another feature; its events are not judged here", row.key());
        } catch (final SerializationException e) {
            LOG.warn("the definition of '{}' cannot be read; its events are not judged here", row.key(), e);
        }
        return Absence.UNREADABLE;
    }
}
