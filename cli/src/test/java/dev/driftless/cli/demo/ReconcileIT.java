package dev.driftless.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.reconcile.ReconcileCommand;
import dev.driftless.cli.reconcile.Recounting;
import dev.driftless.cli.recount.CustomerHistory;
import dev.driftless.cli.recount.JudgedEvent;
import dev.driftless.cli.recount.ReconcileProgress;
import dev.driftless.cli.recount.ReconcileSettings;
import dev.driftless.cli.recount.Reconciler;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.SettingSources;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A bill without faults, and the same bill with each fault planted into it. */
class ReconcileIT {
    private static final int EVENTS = 3_000;
    private static final int CUSTOMERS = 40;
    private static final String FAULTY = "faulty-billing-usage";
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    @TempDir
    private Path directory;

    private ConnectionOptions connection;
    private final Map<UsageAggregateKey, UsageAggregate> latest = new LinkedHashMap<>();
    private final Set<String> spoilt = new HashSet<>();

    /** What a run of the command has given. */
    private record Run(int exitCode, String out, String error) {}

    @Test
    void shouldAgreeWithAGoodBillAndFindEachFaultOfABadOne() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.builder()
                .dataDirectory(directory.resolve("stack"))
                .start()) {
            connection = new ConnectionOptions(
                    stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
            final int partitions = Provisioning.withDefaults(connection).applyOrFail();
            final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            final BetaFeature beta = BetaFeature.before(start);
            DemoCatalog.apply(connection, beta);
            final Application application = stack.startApplication(ApplicationSpec.named("one"));
            final DemoTraffic traffic =
                    new DemoTraffic(7, CUSTOMERS, partitions, start, EventBytes.of(connection), beta);
            try (Publisher publisher = new Publisher(connection, Topics.DEFAULT)) {
                for (int i = 0; i < EVENTS; i++) {
                    publisher.publish(traffic.next());
                }
                publisher.finish();
                new ApplicationWatch(stack, List.of(application)).awaitRead(publisher.held() + publisher.rerouted());
            }

            shouldAgree();
            shouldGoOnAfterAStop();
            plant();
            shouldFindEachFault();
            shouldSayThatTheRawTopicIsTruncated();
        }
    }

    private void shouldAgree() throws Exception {
        final Path page = directory.resolve("page.html");
        final Run run = reconcile("--html", page.toString());

        assertThat(run.out()).contains("Agrees: totals and sets").doesNotContain("DIFFERS");
        assertThat(run.exitCode()).isZero();
        assertThat(Files.readString(page)).contains("<svg", "Agrees").doesNotContain("<script", "http://", "https://");
        assertThat(reconcile("--customer", DemoTraffic.customer(3), "--json", "-")
                        .out())
                .contains("\"agrees\" : true");
    }

    private void shouldGoOnAfterAStop() {
        final AppConfig config = AppConfig.from(SettingSources.of(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "bootstrap-servers", connection.bootstrapServers(),
                        "schema-registry-url", connection.schemaRegistryUrl())));
        final ReconcileSettings settings = new ReconcileSettings(
                Recounting.settings(config),
                Topics.DEFAULT.usageRerouted(),
                config.instance().applicationId(),
                Duration.ofSeconds(3),
                ReconcileSettings.Scope.ALL,
                directory.resolve("state"));
        final List<Long> done = new ArrayList<>();
        for (int stops = 1; stops < 12; stops += 3) {
            final StoppedAfter progress = new StoppedAfter(stops, done);
            assertThatThrownBy(() -> {
                        try (Reconciler reconciler = new Reconciler(settings, progress)) {
                            reconciler.run();
                        }
                    })
                    .hasMessage("stopped");
        }
        try (Reconciler reconciler = new Reconciler(settings, ReconcileProgress.NONE)) {
            assertThat(reconciler.run().findings()).isEmpty();
        }
        assertThat(done).isSorted().last().satisfies(last -> assertThat(last).isPositive());
    }

    /** Fails after some steps, as a kill would. */
    private static final class StoppedAfter implements ReconcileProgress {
        private final List<Long> done;
        private int steps;

        private StoppedAfter(final int steps, final List<Long> done) {
            this.steps = steps;
            this.done = done;
        }

        @Override
        public void begin(final long records, final long doneBefore) {
            done.add(doneBefore);
        }

        @Override
        public void add(final long records) {
            if (records > 0 && --steps < 0) {
                throw new IllegalStateException("stopped");
            }
        }

        @Override
        public void end() {
            throw new IllegalStateException("was to be stopped");
        }
    }

    private void shouldFindEachFault() {
        final Run run = reconcile("--set", "topics.billing-usage=" + FAULTY, "--json", "-");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "AGGREGATE_ALTERED",
                        "AGGREGATE_REMOVED",
                        "AGGREGATE_DOUBLED",
                        "EVENT_COUNTED_TWICE",
                        "KEY_SWAPPED",
                        "WRONG_PERIOD",
                        "STALE_CATALOG",
                        "EVENT_MISSING");
        assertThat(run.out().split("\"kind\" : \"[A-Z]+_", -1)).hasSize(1 + 8);
        spoilt.forEach(key -> assertThat(run.out()).contains(key));
    }

    private void shouldSayThatTheRawTopicIsTruncated() throws Exception {
        try (Admin admin = connection.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition("usage-events", 0), RecordsToDelete.beforeOffset(20)))
                    .all()
                    .get();
        }
        final Run run = reconcile();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("the raw topic is truncated", "partition 0 begins at offset 20", "not provable")
                .contains("DIFFERS: 1 findings");
    }

    /** Copies the bill, and plants one fault into an aggregate of a customer each. */
    private void plant() throws Exception {
        final AppConfig config = AppConfig.from(SettingSources.of(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "bootstrap-servers", connection.bootstrapServers(),
                        "schema-registry-url", connection.schemaRegistryUrl(),
                        "topics.billing-usage", FAULTY)));
        assertThat(new Provisioning(config).check()).isNotNull();
        new Provisioning(config).applyOrFail();
        try (Serde<UsageAggregateKey> keys = connection.serdes().key(UsageAggregateKey.class);
                Serde<UsageAggregate> values = connection.serdes().value(UsageAggregate.class);
                Producer<UsageAggregateKey, UsageAggregate> producer =
                        new KafkaProducer<>(connection.client(), keys.serializer(), values.serializer())) {
            records()
                    .forEach(record -> latest.put(
                            keys.deserializer().deserialize("billing-usage", record.key()),
                            values.deserializer().deserialize("billing-usage", record.value())));
            final Map<UsageAggregateKey, UsageAggregate> good = new LinkedHashMap<>(latest);
            good.values()
                    .removeIf(aggregate -> aggregate.getEventCount() < 3
                            || !aggregate.getAggregation().name().equals("SUM"));
            good.forEach((key, aggregate) -> spoil(key, aggregate));
            for (final Map.Entry<UsageAggregateKey, UsageAggregate> row : latest.entrySet()) {
                producer.send(new ProducerRecord<>(FAULTY, row.getKey(), row.getValue()))
                        .get();
            }
            producer.send(new ProducerRecord<>(FAULTY, twice.orElseThrow(), latest.get(twice.orElseThrow())))
                    .get();
        }
    }

    private Optional<UsageAggregateKey> twice = Optional.empty();
    private int planted;

    private void spoil(final UsageAggregateKey key, final UsageAggregate aggregate) {
        final String customer = key.getCustomerId();
        if (planted > 7 || spoilt.contains(customer)) {
            return;
        }
        final List<JudgedEvent> counted = counted(key);
        final Optional<JudgedEvent> other = otherThan(counted, customer);
        if (counted.isEmpty() || other.isEmpty()) {
            return;
        }
        spoilt.add(customer);
        final BigInteger one = hash(counted.get(0));
        final UsageAggregate.Builder bad = UsageAggregate.newBuilder(aggregate);
        switch (planted++) {
            case 0 -> bad.setQuantity(aggregate.getQuantity().add(BigDecimal.ONE));
            case 1 -> latest.remove(key);
            case 2 -> twice = Optional.of(key);
            case 3 ->
                bad.setEventCount(aggregate.getEventCount() + 1)
                        .setQuantity(aggregate.getQuantity().add(counted.get(0).value()))
                        .setCountedKeysDigest(moved(aggregate, one));
            case 4 ->
                bad.setCountedKeysDigest(
                        moved(aggregate, hash(other.orElseThrow()).subtract(one)));
            case 5 -> {
                latest.remove(key);
                final Instant dayBefore = aggregate.getPeriodStart().minus(1, ChronoUnit.DAYS);
                latest.put(
                        UsageAggregateKey.newBuilder(key)
                                .setPeriodStart(dayBefore)
                                .build(),
                        bad.setPeriodStart(dayBefore).build());
            }
            case 6 -> bad.setCatalogRevision(aggregate.getCatalogRevision() + 1);
            default ->
                bad.setEventCount(aggregate.getEventCount() - 1)
                        .setQuantity(
                                aggregate.getQuantity().subtract(counted.get(0).value()))
                        .setCountedKeysDigest(moved(aggregate, one.negate()));
        }
        latest.replace(key, bad.build());
    }

    private static ByteBuffer moved(final UsageAggregate aggregate, final BigInteger by) {
        final byte[] before = new byte[32];
        aggregate.getCountedKeysDigest().duplicate().get(before);
        final byte[] moved = new BigInteger(1, before).add(by).mod(MODULUS).toByteArray();
        final byte[] after = new byte[32];
        final int length = Math.min(32, moved.length);
        System.arraycopy(moved, moved.length - length, after, 32 - length, length);
        return ByteBuffer.wrap(after);
    }

    private static BigInteger hash(final JudgedEvent event) {
        try {
            final byte[] customer = event.customer().getBytes(UTF_8);
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(4).putInt(customer.length).array());
            sha256.update(customer);
            return new BigInteger(1, sha256.digest(event.key().getBytes(UTF_8)));
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private final Map<String, List<JudgedEvent>> histories = new LinkedHashMap<>();

    private List<JudgedEvent> history(final String customer) {
        return histories.computeIfAbsent(customer, id -> {
            final List<JudgedEvent> events = new ArrayList<>();
            new CustomerHistory(DemoRun.settings(connection), Topics.DEFAULT.usageRerouted())
                    .read(Set.of(id), events::add);
            return events;
        });
    }

    private List<JudgedEvent> counted(final UsageAggregateKey key) {
        return history(key.getCustomerId()).stream()
                .filter(event -> event.outcome().equals("COUNTED")
                        && event.kind().equals("USAGE")
                        && event.into()
                                .filter(into -> into.feature().equals(key.getFeature())
                                        && into.periodStart()
                                                == key.getPeriodStart().toEpochMilli()
                                        && into.groups().size()
                                                == key.getGroups().size()
                                        && key.getGroups().stream().allMatch(group -> group.getValue()
                                                .equals(into.groups().get(group.getProperty()))))
                                .isPresent())
                .toList();
    }

    private Optional<JudgedEvent> otherThan(final List<JudgedEvent> counted, final String customer) {
        final List<String> own = counted.stream().map(JudgedEvent::key).toList();
        return history(customer).stream()
                .filter(event -> event.kind().equals("USAGE") && !own.contains(event.key()))
                .findFirst();
    }

    private Run reconcile(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of(
                "--bootstrap-servers", connection.bootstrapServers(),
                "--schema-registry-url", connection.schemaRegistryUrl()));
        all.addAll(Arrays.asList(arguments));
        final StringWriter out = new StringWriter();
        final StringWriter error = new StringWriter();
        final int exitCode = new CommandLine(new ReconcileCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(error, true))
                .execute(all.toArray(String[]::new));
        return new Run(exitCode, out.toString(), error.toString());
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        final Map<String, Object> settings = connection.client();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            final List<TopicPartition> partitions = consumer.partitionsFor("billing-usage").stream()
                    .map(info -> new TopicPartition("billing-usage", info.partition()))
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
