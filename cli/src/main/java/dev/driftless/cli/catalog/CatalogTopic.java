package dev.driftless.cli.catalog;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.schemas.FeatureDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Function;
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
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The catalog as it is in Kafka. */
public final class CatalogTopic {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final ConnectionOptions connection;

    /**
     * The catalog in a topic.
     *
     * @param topic name of the topic
     * @param connection where it is
     */
    public CatalogTopic(final String topic, final ConnectionOptions connection) {
        this.topic = requireNonNull(topic);
        this.connection = requireNonNull(connection);
    }

    /**
     * Reads the whole catalog, by code.
     *
     * @throws CliException if it cannot be read
     */
    public Map<String, FeatureDefinition> read() {
        requireTopic();
        try (Serde<FeatureDefinition> serde = connection.serdes().value(FeatureDefinition.class);
                Consumer<String, FeatureDefinition> consumer =
                        new KafkaConsumer<>(consumerSettings(), new StringDeserializer(), serde.deserializer())) {
            return read(consumer);
        } catch (final KafkaException failure) {
            throw new CliException(
                    "cannot read the catalog from topic " + topic + ": " + ConnectionOptions.rootMessage(failure),
                    failure);
        }
    }

    /**
     * Publishes what a plan changes, all of it or nothing.
     *
     * <p>The plan is made on the catalog as it is once no other process can change it by this method.
     *
     * @param planner makes the plan
     * @return the plan, carried out unless it has problems
     * @throws CliException if it cannot be published, for instance because another process is doing the same
     */
    public CatalogPlan apply(final Function<Map<String, FeatureDefinition>, CatalogPlan> planner) {
        requireTopic();
        try (Serde<FeatureDefinition> serde = connection.serdes().value(FeatureDefinition.class);
                Producer<String, FeatureDefinition> producer =
                        new KafkaProducer<>(producerSettings(), new StringSerializer(), serde.serializer())) {
            producer.initTransactions();
            final CatalogPlan plan = planner.apply(read());
            if (plan.problems().isEmpty()) {
                publish(producer, plan);
            }
            return plan;
        } catch (final ProducerFencedException fenced) {
            throw new CliException("the catalog was changed by another process meanwhile; nothing was written", fenced);
        } catch (final KafkaException failure) {
            throw new CliException(
                    "cannot write the catalog to topic " + topic + ": " + ConnectionOptions.rootMessage(failure),
                    failure);
        }
    }

    private void publish(final Producer<String, FeatureDefinition> producer, final CatalogPlan plan) {
        final List<FeatureDefinition> changed = plan.changes().stream()
                .filter(change -> change.effect() != CatalogPlan.Effect.UNCHANGED)
                .map(CatalogPlan.Change::definition)
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        final List<Future<RecordMetadata>> sent = changed.stream()
                .map(definition -> producer.send(new ProducerRecord<>(topic, definition.getCode(), definition)))
                .toList();
        producer.commitTransaction();
        sent.forEach(result -> ConnectionOptions.await(result, "write the catalog to topic " + topic));
    }

    private void requireTopic() {
        try (Admin admin = connection.admin()) {
            ConnectionOptions.await(
                    admin.describeTopics(List.of(topic)).allTopicNames(),
                    "find topic " + topic + " (driftless topics apply creates it)");
        }
    }

    private Map<String, FeatureDefinition> read(final Consumer<String, FeatureDefinition> consumer) {
        final List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        final Map<String, FeatureDefinition> catalog = new TreeMap<>();
        final long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new CliException("cannot read the catalog from topic " + topic + ": its end is not reached in "
                        + PATIENCE.toSeconds() + " seconds");
            }
            consumer.poll(POLL).forEach(record -> {
                if (record.value() == null) {
                    catalog.remove(record.key());
                } else {
                    catalog.put(record.key(), record.value());
                }
            });
        }
        return catalog;
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
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "driftless-catalog-" + topic);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        return settings;
    }
}
