package dev.driftless.cli.table;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

/** A table as it is in Kafka. */
public final class CompactedTable<V extends SpecificRecord> {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TableSpec<V> spec;
    private final ConnectionOptions connection;

    /**
     * A table.
     *
     * @param spec the table
     * @param connection where it is
     */
    public CompactedTable(final TableSpec<V> spec, final ConnectionOptions connection) {
        this.spec = requireNonNull(spec);
        this.connection = requireNonNull(connection);
    }

    /**
     * Reads the whole table.
     *
     * @throws CliException if that cannot be done
     */
    public Rows<V> read() {
        requireTopic();
        try (Serde<V> serde = connection.serdes().value(spec.type());
                Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return read(consumer, serde);
        } catch (final KafkaException failure) {
            throw new CliException("cannot read " + described() + ": " + reason(failure), failure);
        }
    }

    /**
     * Publishes what a plan says, all of it or nothing.
     *
     * <p>The plan is made on the table as it is once no other process can change it by this method.
     *
     * @param planner makes the plan
     * @return the plan, carried out unless it has problems
     * @throws CliException if it cannot be published, for instance because another process is doing the same
     */
    public <P extends TablePlan<V>> P apply(final Function<Rows<V>, P> planner) {
        requireTopic();
        try (Serde<V> serde = connection.serdes().value(spec.type());
                Producer<String, V> producer =
                        new KafkaProducer<>(producerSettings(), new StringSerializer(), serde.serializer())) {
            producer.initTransactions();
            final P plan = planner.apply(read());
            if (plan.problems().isEmpty() && !plan.writes().isEmpty()) {
                publish(producer, plan.writes());
            }
            return plan;
        } catch (final ProducerFencedException fenced) {
            throw new CliException(
                    "the " + spec.name() + " was changed by another process meanwhile; nothing was written", fenced);
        } catch (final KafkaException failure) {
            throw new CliException("cannot write " + described() + ": " + reason(failure), failure);
        }
    }

    private void publish(final Producer<String, V> producer, final Map<String, V> rows) {
        producer.beginTransaction();
        final List<Future<RecordMetadata>> sent = rows.entrySet().stream()
                // Without a partition of its own: the Java client's default is murmur2 of the key.
                .map(row -> producer.send(new ProducerRecord<>(spec.topic(), row.getKey(), row.getValue())))
                .toList();
        producer.commitTransaction();
        sent.forEach(result -> ConnectionOptions.await(result, "write " + described()));
    }

    /** Only the registry can make a serializer fail: rows that cannot be read are no failure. */
    private String reason(final KafkaException failure) {
        final String root = ConnectionOptions.rootMessage(failure);
        return failure instanceof SerializationException
                ? "schema registry at " + connection.schemaRegistryUrl() + ": " + root
                : root;
    }

    private String described() {
        return "the " + spec.name() + " (topic " + spec.topic() + ")";
    }

    private void requireTopic() {
        try (Admin admin = connection.admin()) {
            ConnectionOptions.await(
                    admin.describeTopics(List.of(spec.topic())).allTopicNames(),
                    "find topic " + spec.topic() + " (driftless topics apply creates it)");
        }
    }

    private Rows<V> read(final Consumer<byte[], byte[]> consumer, final Serde<V> serde) {
        final List<TopicPartition> partitions = consumer.partitionsFor(spec.topic()).stream()
                .map(info -> new TopicPartition(spec.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        final RowReader<V> reader = new RowReader<>(spec, serde.deserializer(), partitions.size());
        final long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new CliException("cannot read " + described() + ": its end is not reached in "
                        + PATIENCE.toSeconds() + " seconds");
            }
            consumer.poll(POLL).forEach(reader::read);
        }
        return reader.rows();
    }

    private Map<String, Object> consumerSettings() {
        final Map<String, Object> settings = connection.client();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return settings;
    }

    private Map<String, Object> producerSettings() {
        final Map<String, Object> settings = connection.client();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        // One writer at a time: a second one fences the first.
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "driftless-" + spec.name() + "-" + spec.topic());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        return settings;
    }
}
