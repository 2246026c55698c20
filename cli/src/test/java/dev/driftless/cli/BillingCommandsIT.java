package dev.driftless.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.stack.Tuning;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageAggregate;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that say what is billed and when, with the application that carries it out. */
class BillingCommandsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static EmbeddedStack stack;
    private static Application application;
    private static int partitions;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.builder()
                .dataDirectory(directory.resolve("data"))
                .tuning(Tuning.SHORT_RUN)
                .start();
        partitions = Provisioning.withDefaults(connection()).applyOrFail();
        application = stack.startApplication(ApplicationSpec.named("billing"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldApplySubscriptionsListThemAndRefuseToChangeThePast() throws IOException {
        final String first = subscriptions("hooli", term("2999-01-31T00:00:00Z", "MONTH", "2999-01-31"));
        final String more = subscriptions(
                "hooli",
                term("2999-01-31T00:00:00Z", "MONTH", "2999-01-31"),
                term("2999-07-01T00:00:00Z", "YEAR", "2999-07-01"));

        assertThat(run("subscriptions", "apply", file(first))).isZero();
        assertThat(said()).containsExactly("created   hooli (revision 1)");
        assertThat(run("subscriptions", "apply", file(first))).isZero();
        assertThat(said()).containsExactly("unchanged hooli (revision 1)");
        assertThat(run("subscriptions", "apply", file(more))).isZero();
        assertThat(said()).containsExactly("changed   hooli (revision 2)");

        assertThat(run("subscriptions", "list", "hooli", "nobody")).isZero();
        assertThat(said())
                .anyMatch(line -> line.matches("hooli +2  until 2999-01-31T00:00:00Z .*MONTH .*UTC .* to .*"))
                .anyMatch(line -> line.matches("hooli +2  from 2999-07-01T00:00:00Z +YEAR .*Europe/Berlin"))
                .endsWith("nobody has no subscription: calendar months in UTC");

        final String past = subscriptions("hooli", term("2026-01-31T00:00:00Z", "MONTH", "2026-01-31"));
        assertThat(run("subscriptions", "apply", file(past))).isEqualTo(1);
        assertThat(err.toString())
                .contains("nothing was written")
                .contains("hooli: from '2026-01-31T00:00:00Z' lies before now")
                .contains("--allow-retroactive does it anyway");
        assertThat(run("subscriptions", "apply", file(past), "--allow-retroactive"))
                .isZero();
        assertThat(err.toString()).contains("driftless: warning: hooli: from '2026-01-31T00:00:00Z' lies before now");
        assertThat(said()).containsExactly("changed   hooli (revision 3)");
    }

    @Test
    void shouldPlaceEventsByTheSubscriptionThatWasApplied() throws IOException {
        final Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(3, ChronoUnit.DAYS);
        applyFeature("placed_calls");
        assertThat(run(
                        "subscriptions",
                        "apply",
                        file(subscriptions(
                                "placed",
                                "{from: " + start + ", interval: WEEK, anchor: "
                                        + start.toString().substring(0, 10) + ", timeZone: UTC}")),
                        "--allow-retroactive"))
                .isZero();

        try (UsageClient client = client()) {
            await("the application knows the subscription").atMost(PATIENCE).untilAsserted(() -> {
                track(client, "placed", "placed_calls", Instant.now());
                assertThat(periodStarts("placed")).contains(start);
            });
        }
    }

    @Test
    void shouldRejectEventsWhileAFeatureIsArchivedAndCountThemOnceItIsReopened() throws IOException {
        applyFeature("fax_pages");
        try (UsageClient client = client()) {
            awaitCounted(client);

            assertThat(run("catalog", "archive", "fax_pages")).isZero();
            assertThat(said())
                    .containsExactly(
                            "changed   fax_pages (revision 2)",
                            "in effect 2020-01-01T00:00:00Z to " + said().get(1).replaceAll(".* to ", ""));
            final Instant archived = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            await("the application knows the end").atMost(PATIENCE).until(() -> {
                track(client, "fax", "fax_pages", archived);
                return rejectedNotInEffect() > 0;
            });
            assertThat(run("catalog", "archive", "fax_pages")).isEqualTo(1);
            assertThat(err.toString()).contains("fax_pages is not archived", "the feature is archived since");

            assertThat(run("catalog", "reopen", "fax_pages")).isZero();
            assertThat(said()).startsWith("changed   fax_pages (revision 3)");
            awaitCounted(client);
        }
        assertThat(run("catalog", "list")).isZero();
        assertThat(said()).anyMatch(line -> line.matches("fax_pages +3  COUNT .* to .*, from .*"));
    }

    @Test
    void shouldApplyAnEndedFeatureAgainWithoutChangeAndWarnWhereAFileOpensItAgain() throws IOException {
        final String ended = feature("telex_lines", "- {from: 2020-01-01, until: 2024-01-01}");

        assertThat(run("catalog", "apply", file(ended))).isZero();
        assertThat(run("catalog", "apply", file(ended))).isZero();
        assertThat(said()).containsExactly("unchanged telex_lines (revision 1)");
        assertThat(run("catalog", "apply", file(feature("telex_lines", "- from: 2020-01-01"))))
                .isZero();
        assertThat(err.toString()).contains("warning: telex_lines: effective changes for a time before now");
        assertThat(said()).containsExactly("changed   telex_lines (revision 2)");
    }

    @Test
    void shouldSeeRowsOfOthersAsTheApplicationDoesAndReplaceWhatCannotBeRead() throws IOException {
        final String wanted = subscriptions("globex", term("2999-01-31T00:00:00Z", "DAY", "2999-01-31"));
        assertThat(run("subscriptions", "apply", file(wanted))).isZero();
        final int right = Utils.toPositive(Utils.murmur2("globex".getBytes(UTF_8))) % partitions;
        final int wrong = (right + 1) % partitions;
        final byte[] unknownSchema = {0, 0x7f, 0x7f, 0x7f, 0x7f, 1};
        send(wrong, "globex", unknownSchema);
        send(right, "globex", unknownSchema);

        assertThat(run("subscriptions", "list", "globex")).isZero();
        assertThat(said()).anyMatch(line -> line.startsWith("globex  "));
        assertThat(err.toString())
                .contains("globex: row in partition " + right + " at offset ", " cannot be read: ")
                .contains("must stand in partition " + right + ", where murmur2 puts it");

        assertThat(run("subscriptions", "apply", file(wanted))).isZero();
        assertThat(said()).containsExactly("changed   globex (revision 2)");
        send(wrong, "globex", null);
        assertThat(run("subscriptions", "apply", file(wanted))).isZero();
        assertThat(said()).containsExactly("unchanged globex (revision 2)");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldNotTakeRowsForUnreadableWhenTheRegistryDoesNotAnswer() throws IOException {
        final String wanted = subscriptions("initech", term("2999-01-31T00:00:00Z", "DAY", "2999-01-31"));
        assertThat(run("subscriptions", "apply", file(wanted))).isZero();

        final URI silent = URI.create("http://127.0.0.1:1");
        assertThat(run(silent, "subscriptions", "list")).isEqualTo(1);
        assertThat(err.toString()).contains("cannot read the subscriptions", "schema registry at http://127.0.0.1:1: ");
        assertThat(run(silent, "subscriptions", "apply", file(wanted))).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
    }

    private void awaitCounted(final UsageClient client) throws IOException {
        final long before = account().path("counted").asLong();
        await("the feature counts").atMost(PATIENCE).until(() -> {
            track(client, "fax", "fax_pages", Instant.now());
            return account().path("counted").asLong() > before;
        });
    }

    private long rejectedNotInEffect() throws IOException {
        return account().path("rejected").path("FEATURE_NOT_IN_EFFECT").asLong();
    }

    private static JsonNode account() throws IOException {
        try (InputStream body = application.ops().resolve("/v1/account").toURL().openStream()) {
            return new ObjectMapper().readTree(body).path("totals");
        }
    }

    private void applyFeature(final String code) throws IOException {
        assertThat(run("catalog", "apply", file(feature(code, "- from: 2020-01-01"))))
                .isZero();
    }

    private static String feature(final String code, final String interval) {
        return "features:\n  - code: " + code + "\n    aggregation: COUNT\n    unit: call\n    effective:\n      "
                + interval + "\n";
    }

    private static String subscriptions(final String customer, final String... terms) {
        return "subscriptions:\n  - customer: " + customer + "\n    terms:\n      - " + String.join("\n      - ", terms)
                + "\n";
    }

    private static String term(final String from, final String interval, final String anchor) {
        return "{from: " + from + ", interval: " + interval + ", anchor: " + anchor + ", timeZone: Europe/Berlin}";
    }

    private static String file(final String yaml) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "file", ".yaml"), yaml)
                .toString();
    }

    /** Runs a command on the stack; what it says is that of this command alone. */
    private int run(final String... arguments) {
        return run(stack.schemaRegistryUrl(), arguments);
    }

    private int run(final URI registry, final String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final Stream<String> where = Stream.of(
                "--bootstrap-servers", stack.bootstrapServers(), "--schema-registry-url", registry.toString());
        return DriftlessMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of(arguments), where).toArray(String[]::new));
    }

    private List<String> said() {
        return out.toString().lines().toList();
    }

    private static void track(
            final UsageClient client, final String customer, final String feature, final Instant occurredAt) {
        client.track(Usage.builder()
                        .customer(customer)
                        .feature(feature)
                        .occurredAt(occurredAt)
                        .build())
                .toCompletableFuture()
                .join();
    }

    private static UsageClient client() {
        return UsageClient.create(UsageClientConfig.builder()
                .bootstrapServers(stack.bootstrapServers())
                .schemaRegistryUrl(stack.schemaRegistryUrl().toString())
                .build());
    }

    private static List<Instant> periodStarts(final String customer) {
        final String topic = Topics.DEFAULT.billingUsage();
        final List<Instant> starts = new ArrayList<>();
        try (Serde<UsageAggregate> serde = connection().serdes().value(UsageAggregate.class);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        connection().client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            final List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            final var ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    final UsageAggregate aggregate = serde.deserializer().deserialize(topic, record.value());
                    if (aggregate.getCustomerId().equals(customer)) {
                        starts.add(aggregate.getPeriodStart());
                    }
                });
            }
        }
        return starts;
    }

    private static void send(final int partition, final String key, final byte[] value) {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(connection().client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            ConnectionOptions.await(
                    producer.send(new ProducerRecord<>(
                            Topics.DEFAULT.subscriptions(), partition, key.getBytes(UTF_8), value)),
                    "write a row");
        }
    }

    private static ConnectionOptions connection() {
        return new ConnectionOptions(
                stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
    }
}
