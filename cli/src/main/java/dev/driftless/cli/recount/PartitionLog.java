package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A stretch of one partition, what is committed of it, record by record. For use by one thread. */
final class PartitionLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TopicPartition partition;
    private final long until;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private Iterator<ConsumerRecord<byte[], byte[]>> polled =
            List.<ConsumerRecord<byte[], byte[]>>of().iterator();
    private Optional<ConsumerRecord<byte[], byte[]>> next = Optional.empty();

    /** The stretch from an offset until before another one. */
    PartitionLog(final TopicPartition partition, final long from, final long until, final Map<String, Object> client) {
        this.partition = requireNonNull(partition);
        this.until = until;
        this.consumer = new KafkaConsumer<>(
                TopicLog.settings(client), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
    }

    /**
     * The next record, which stays the next until it is taken; nothing at the end.
     *
     * @throws RecountException if none comes
     */
    Optional<ConsumerRecord<byte[], byte[]>> peek() {
        final long begin = System.nanoTime();
        while (next.isEmpty()) {
            if (polled.hasNext()) {
                final ConsumerRecord<byte[], byte[]> record = polled.next();
                if (record.offset() >= until) {
                    return Optional.empty();
                }
                next = Optional.of(record);
            } else if (consumer.position(partition) >= until) {
                return Optional.empty();
            } else if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new RecountException(
                        partition + " cannot be read: nothing came for " + PATIENCE.toSeconds() + " seconds");
            } else {
                poll();
            }
        }
        return next;
    }

    private void poll() {
        try {
            polled = consumer.poll(POLL).iterator();
        } catch (final KafkaException failure) {
            throw new RecountException(partition + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** Takes the next record. */
    ConsumerRecord<byte[], byte[]> take() {
        final ConsumerRecord<byte[], byte[]> taken = peek().orElseThrow();
        next = Optional.empty();
        return taken;
    }

    /** Offset at which a reader goes on that has read what was taken. */
    long position() {
        return peek().map(ConsumerRecord::offset).orElse(until);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
