package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its start, what is committed of it, as far as it goes at the time. For use by one thread. */
final class TopicLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Without a record for so long, a position behind the end is a fault and not patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    TopicLog(final String topic, final Map<String, Object> client) {
        this.topic = requireNonNull(topic);
        this.consumer = new KafkaConsumer<>(settings(client), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    static Map<String, Object> settings(final Map<String, Object> client) {
        final Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return settings;
    }

    int partitions() {
        return partitions.size();
    }

    /** Hands over what has come since the last call, each partition in its order. */
    void advance(final Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try {
            final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long lastProgress = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                final long before = positions();
                consumer.poll(POLL).forEach(reader);
                if (positions() > before) {
                    lastProgress = System.nanoTime();
                } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
                    throw new RecountException("topic " + topic + " cannot be read to its end: nothing came for "
                            + PATIENCE.toSeconds() + " seconds");
                }
            }
        } catch (final KafkaException failure) {
            throw new RecountException("topic " + topic + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private long positions() {
        return partitions.stream().mapToLong(consumer::position).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
