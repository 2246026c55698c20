package dev.driftless.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.recount.ReportedAccount;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageAggregate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same raw log from its start, under another application id and into topics of its own, on a real broker: the same
 * records to the last byte, with the same times and revisions; the closing of periods, which come to their end while the
 * partitions are idle, among them.
 *
 * <p>Misplaced events are left out: in which order the application meets them is not written down in the log.
 */
class RerunIT {
    private static final int EVENTS = 4_000;
    private static final int CUSTOMERS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** The registry's id of the schema, which differs by subject, and the byte before it. */
    private static final int WIRE_HEADER = 5;

    @TempDir
    Path directory;

    private ConnectionOptions connection;

    @Test
    void shouldBillTheSameRecordsAgain() {
        try (EmbeddedStack stack =
                EmbeddedStack.builder().dataDirectory(directory).start()) {
            connection = new ConnectionOptions(
                    stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
            final int partitions = Provisioning.withDefaults(connection).applyOrFail();
            final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            final BetaFeature beta = BetaFeature.before(start);
            DemoCatalog.apply(connection, beta);
            final Instant change = start.plusSeconds(15);
            endPeriodsAt(change);
            final Application first = stack.startApplication(instance("first"));
            publish(new DemoTraffic(1, CUSTOMERS, partitions, start, EventBytes.of(connection), beta));
            await("periods are closed").atMost(PATIENCE).until(() -> closed("billing-usage") > CUSTOMERS / 2);

            final Application again = stack.startApplication(instance("again")
                    .with("application-id", "driftless-again")
                    .with("topics.billing-usage", "again-billing-usage")
                    .with("topics.usage-rejected", "again-usage-rejected")
                    .with("topics.usage-rerouted", "again-usage-rerouted")
                    .with("provision", "apply"));

            await("the log is read again")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(read(again)).isPositive().isEqualTo(read(first)));
            await("the same is billed").atMost(PATIENCE).untilAsserted(() -> assertThat(billed("again-billing-usage"))
                    .isEqualTo(billed("billing-usage")));
        }
    }

    private static ApplicationSpec instance(final String name) {
        return ApplicationSpec.named(name).with("grace", "1s");
    }

    /** Gives half of the customers a term that cuts their month short. */
    private void endPeriodsAt(final Instant change) {
        try (Serde<Subscription> serde = connection.serdes().value(Subscription.class);
                Producer<String, Subscription> producer =
                        new KafkaProducer<>(connection.client(), new StringSerializer(), serde.serializer())) {
            IntStream.range(0, CUSTOMERS / 2)
                    .mapToObj(customer -> new Subscription(
                            DemoTraffic.customer(customer),
                            1L,
                            List.of(new SubscriptionTerm(
                                    change, PeriodInterval.MONTH, "2026-01-31T00:00", "Europe/Berlin"))))
                    .map(row -> producer.send(
                            new ProducerRecord<>(Topics.DEFAULT.subscriptions(), row.getCustomerId(), row)))
                    .toList()
                    .forEach(sent -> ConnectionOptions.await(sent, "write a subscription"));
        }
    }

    private void publish(final DemoTraffic traffic) {
        try (Publisher publisher = new Publisher(connection, Topics.DEFAULT)) {
            for (int i = 0; i < EVENTS; i++) {
                final DemoRecord record = traffic.next();
                if (!(record instanceof DemoRecord.Written written && written.isRerouted())) {
                    publisher.publish(record);
                }
            }
            publisher.finish();
        }
    }

    private static long read(final Application application) {
        return ReportedAccount.ask(List.of(application.ops()))
                .map(account -> account.total().read())
                .orElse(-1L);
    }

    private long closed(final String topic) {
        try (Serde<UsageAggregate> serde = connection.serdes().value(UsageAggregate.class)) {
            return records(topic).stream()
                    .map(record -> serde.deserializer().deserialize(topic, record.value()))
                    .filter(aggregate -> aggregate.getStatus() == PeriodStatus.CLOSED)
                    .count();
        }
    }

    /** The records of each key, with their times. */
    private Map<String, List<String>> billed(final String topic) {
        final Map<String, List<String>> billed = new TreeMap<>();
        records(topic).forEach(record -> billed.computeIfAbsent(bytes(record.key()), key -> new ArrayList<>())
                .add(Instant.ofEpochMilli(record.timestamp()) + " " + bytes(record.value())));
        return billed;
    }

    private static String bytes(final byte[] framed) {
        return HexFormat.of().formatHex(framed, WIRE_HEADER, framed.length);
    }

    /** All that is committed now. */
    private List<ConsumerRecord<byte[], byte[]>> records(final String topic) {
        final Map<String, Object> settings = connection.client();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            final List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            final Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
