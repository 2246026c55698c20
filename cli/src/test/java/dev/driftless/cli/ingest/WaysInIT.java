package dev.driftless.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.catalog.CatalogPlan;
import dev.driftless.cli.catalog.CatalogTopic;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.stack.HttpGateway;
import dev.driftless.cli.stack.Tuning;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClientConfig;
import dev.driftless.client.UsageRecords;
import dev.driftless.examples.outbox.OutboxWorker;
import dev.driftless.examples.spring.ReportService;
import dev.driftless.examples.spring.UsageConfiguration;
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Each way in on the real pipeline: whatever is killed on the way, each event is billed once. */
class WaysInIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static EmbeddedStack stack;
    private static ConnectionOptions connection;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.builder()
                .dataDirectory(directory)
                .tuning(Tuning.SHORT_RUN)
                .start();
        connection = new ConnectionOptions(
                stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
        Provisioning.withDefaults(connection).applyOrFail();
        new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection)
                .apply(published -> CatalogPlan.of(List.of(feature()), published, false));
        stack.startApplication(ApplicationSpec.named("usage-streams"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldBillOnceWhatIsPostedWhileTheGatewayIsKilled() throws Exception {
        final int events = 3_000;
        final int batch = 500;
        HttpGateway gateway = stack.startGateway(0, Optional.empty());
        int killedAfter = 0;
        for (int first = 0; first < events; first += batch) {
            final String body = events("http-killed", first, batch);
            final var pending = client.sendAsync(request(gateway, body), HttpResponse.BodyHandlers.ofString());
            if (first == batch || first == 3 * batch) {
                gateway.kill();
                killedAfter++;
                pending.handle((answer, failure) -> answer).join();
                gateway = stack.startGateway(0, Optional.empty());
            }
            // As a sender would: again until it is acknowledged.
            sendUntilHeld(gateway, body);
        }

        assertThat(killedAfter).isEqualTo(2);
        Billed.awaitEvents(connection, "http-killed", events, PATIENCE);
    }

    @Test
    void shouldBillOnceTheBatchOfAWorkerThatIsKilledInTheMiddleOfIt() throws Exception {
        createTopic(TransactionBatch.DONE);
        final HttpGateway gateway = stack.startGateway(0, Optional.empty());
        for (final KillPoint end : List.of(KillPoint.HALF_SENT, KillPoint.ALL_SENT, KillPoint.ANSWERED)) {
            final List<WorkerProcess> workers = workers(gateway, end);
            for (final WorkerProcess worker : workers) {
                worker.killWhereItWaits(end);
            }
        }
        for (final WorkerProcess worker : workers(gateway, KillPoint.NOWHERE)) {
            assertThat(worker.await()).as(worker.name()).isZero();
        }

        final Map<String, Long> duplicates = Billed.awaitEvents(
                connection,
                Arrays.stream(WorkersWay.values())
                        .collect(Collectors.toMap(WorkersWay::customer, way -> (long) KillableWorker.EVENTS)),
                PATIENCE);
        assertThat(TransactionBatch.done(connection)).isEqualTo(1);
        for (final WorkersWay way : WorkersWay.values()) {
            if (way.knowsWhatWasAcknowledged()) {
                assertThat(duplicates).containsEntry(way.customer(), 0L);
            } else {
                assertThat(duplicates.get(way.customer())).isGreaterThanOrEqualTo(KillableWorker.EVENTS);
            }
        }
    }

    @Test
    void shouldNotAcknowledgeWhatAPausedBrokerDoesNotConfirmAndDrainWhatItTook() throws Exception {
        final GatewayProcess gateway = GatewayProcess.start(
                directory, connection, "--max-in-flight=10", "--max-batch-events=10", "--delivery-timeout=4s");
        final String first = events("paused", 0, 10);
        final String second = events("paused", 10, 10);
        assertThat(gateway.post(first).join().statusCode()).isEqualTo(200);

        final PausedBroker paused = PausedBroker.pause();
        final CompletableFuture<HttpResponse<String>> taken = gateway.post(second);
        try {
            await().atMost(PATIENCE).until(() -> gateway.post(first).join().statusCode() == 429);
            assertThat(gateway.post(first).join().headers().firstValue("Retry-After"))
                    .isPresent();
            assertThat(taken.join().statusCode()).isEqualTo(503);
            assertThat(taken.join().headers().firstValue("Retry-After")).isPresent();
        } finally {
            paused.resume();
        }
        await().atMost(PATIENCE).until(() -> gateway.post(second).join().statusCode() == 200);

        final PausedBroker pausedAgain = PausedBroker.pause();
        final CompletableFuture<HttpResponse<String>> last;
        try {
            last = gateway.post(events("paused", 20, 10));
            await().atMost(PATIENCE).until(() -> gateway.post(first).join().statusCode() == 429);
            gateway.stop();
            await().atMost(PATIENCE).until(() -> gateway.post(first).join().statusCode() == 503);
        } finally {
            pausedAgain.resume();
        }
        assertThat(last.join().statusCode()).isEqualTo(200);
        assertThat(gateway.awaitEnd()).isZero();
        Billed.awaitEvents(connection, "paused", 30, PATIENCE);
    }

    private static List<WorkerProcess> workers(final HttpGateway gateway, final KillPoint end) throws IOException {
        final List<WorkerProcess> workers = new ArrayList<>();
        for (final WorkersWay way : WorkersWay.values()) {
            workers.add(WorkerProcess.start(directory, way, gateway.address(), connection, end));
        }
        return workers;
    }

    private static void createTopic(final String name) throws Exception {
        try (Admin admin = connection.admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    @Test
    void shouldBillAnEventThatIsPostedInEachForm() throws Exception {
        final HttpGateway gateway = stack.startGateway(0, Optional.empty());
        final String event = "{\"customerId\": \"forms\", \"feature\": \"api_calls\", \"idempotencyKey\": \"%s\"}";

        assertThat(post(gateway, "/v1/usage/events", event.formatted("a"))).isEqualTo(200);
        assertThat(post(gateway, "/api/v1/usage/events", event.formatted("b"))).isEqualTo(200);
        assertThat(post(gateway, "/api/usage/events", event.formatted("b"))).isEqualTo(200);
        assertThat(post(
                        gateway,
                        "/api/v1/events",
                        "{\"specversion\": \"1.0\", \"id\": \"c\", \"source\": \"s\", \"type\": \"api_calls\","
                                + " \"subject\": \"forms\"}"))
                .isEqualTo(204);

        Billed.awaitEvents(connection, "forms", 3, PATIENCE);
    }

    @Test
    void shouldFollowTheCatalogWhileItRuns() throws Exception {
        final HttpGateway gateway = stack.startGateway(0, Optional.empty());
        final String event = "{\"customerId\": \"catalog\", \"feature\": \"pages_rendered\"}";
        assertThat(post(gateway, "/v1/usage/events", event)).isEqualTo(404);

        new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection)
                .apply(published -> CatalogPlan.of(
                        List.of(FeatureDefinition.newBuilder(feature())
                                .setCode("pages_rendered")
                                .build()),
                        published,
                        false));

        await().atMost(PATIENCE).until(() -> post(gateway, "/v1/usage/events", event) == 200);
    }

    @Test
    void shouldBillOnceWhatWasPublishedInATransactionOfTheServicesOwn() {
        final UsageRecords records = UsageRecords.create(UsageClientConfig.builder()
                .bootstrapServers(connection.bootstrapServers())
                .schemaRegistryUrl(connection.schemaRegistryUrl())
                .build());
        final Usage usage = Usage.builder()
                .customer("transactional")
                .feature("api_calls")
                .idempotencyKey("t")
                .build();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", connection.bootstrapServers(), "transactional.id", "invoices"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            assertThat(producer.send(records.toRecord(usage))).isNotNull();
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            assertThat(producer.send(records.toRecord(usage))).isNotNull();
            producer.commitTransaction();
        }

        Billed.awaitEvents(connection, "transactional", 1, PATIENCE);
    }

    @Test
    void shouldBillOnceTheLinesOfFilesWhoseIngestIsKilled() throws Exception {
        final long events = 20_000;
        final Map<String, Long> expected = new HashMap<>();
        for (final String name : List.of("plain.ndjson", "packed.ndjson.gz", "table.csv", "packed.csv.zst")) {
            final String customer = "file-" + name;
            final Path file = SampleFiles.write(directory.resolve(name), customer, events);
            final Path state = directory.resolve(name + ".ingested.json");

            final Process killed = ingest(file);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(state) || !killed.isAlive());
            killed.destroyForcibly().waitFor();
            assertThat(Checkpoint.read(state).orElseThrow().isComplete())
                    .as(name)
                    .isFalse();
            assertThat(JavaProcess.await(ingest(file))).as(name).isZero();
            assertThat(JavaProcess.await(ingest(file))).as(name).isZero();

            assertThat(Files.readString(directory.resolve("ingest.log"))).contains(name + ": published before");
            expected.put(customer, events);
        }

        assertThat(Billed.awaitEvents(connection, expected, PATIENCE)).containsOnlyKeys(expected.keySet());
    }

    @Test
    void shouldBillOnceWhatComesFromStandardInputThoughIngestIsKilledOnTheWay() throws Exception {
        final long events = 2_000;
        final Path file = SampleFiles.write(directory.resolve("stdin.ndjson"), "stdin", events);
        final byte[] lines = Files.readAllBytes(file);

        final Process killed = ingest(Path.of("-"), "--key-prefix=stdin-1:");
        try (OutputStream input = killed.getOutputStream()) {
            input.write(lines, 0, lines.length / 2);
            input.flush();
            Billed.awaitAny(connection, "stdin", PATIENCE);
            killed.destroyForcibly().waitFor();
        }
        for (int run = 0; run < 2; run++) {
            final Process again = ingest(Path.of("-"), "--key-prefix=stdin-1:");
            try (OutputStream input = again.getOutputStream()) {
                input.write(lines);
            }
            assertThat(JavaProcess.await(again)).isZero();
        }

        Billed.awaitEvents(connection, "stdin", events, PATIENCE);
    }

    @Test
    void shouldPutBadLinesOfACsvFileAsideAndBillTheOthers() throws Exception {
        final Path file = directory.resolve("usage.csv.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write("""
                    account,feature,value,idempotencyKey
                    csv,api_calls,1,a
                    csv,nope,1,b
                    csv,api_calls,,c
                    csv,api_calls,1,d
                    """.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(JavaProcess.await(ingest(file, "--map", "customerId=account")))
                .isEqualTo(1);

        final List<String> rejected = Files.readAllLines(directory.resolve("usage.csv.gz.rejected.ndjson"));
        assertThat(rejected).hasSize(2);
        assertThat(rejected.get(0)).contains("\"line\":3").contains("feature_not_found");
        assertThat(rejected.get(1)).contains("\"line\":4").contains("value '' must be a decimal number");
        Billed.awaitEvents(connection, "csv", 2, PATIENCE);
    }

    @Test
    void shouldBillOnceWhatAnOutboxHoldsThoughItsWorkerIsKilledAfterEachStep() throws Exception {
        final int orders = 40;
        final List<String> arguments = List.of(
                "jdbc:sqlite:" + directory.resolve("orders.db"),
                connection.bootstrapServers(),
                connection.schemaRegistryUrl(),
                Integer.toString(orders));
        for (final OutboxWorker.Step step : OutboxWorker.Step.values()) {
            final List<String> killedAfter = new ArrayList<>(arguments);
            killedAfter.add(step.name());
            assertThat(JavaProcess.await(outbox(killedAfter)))
                    .as("killed after %s", step)
                    .isEqualTo(OutboxWorker.KILLED);
        }
        final Process killed = outbox(arguments);
        killed.waitFor(700, TimeUnit.MILLISECONDS);
        killed.destroyForcibly().waitFor();
        assertThat(JavaProcess.await(outbox(arguments))).isZero();

        Billed.awaitEvents(connection, "outbox", orders, PATIENCE);
    }

    @Test
    void shouldBillOnceWhatASpringServiceTracksTwice() {
        try (AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext()) {
            spring.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "stack",
                            Map.of(
                                    "driftless.bootstrap-servers", connection.bootstrapServers(),
                                    "driftless.schema-registry-url", connection.schemaRegistryUrl())));
            spring.register(UsageConfiguration.class, ReportService.class);
            spring.refresh();
            final ReportService reports = spring.getBean(ReportService.class);
            assertThat(reports.render("spring", "request-1").join().idempotencyKey())
                    .isEqualTo("request-1");
            assertThat(reports.render("spring", "request-1").join().idempotencyKey())
                    .isEqualTo("request-1");
        }

        Billed.awaitEvents(connection, "spring", 1, PATIENCE);
    }

    private static Process outbox(final List<String> arguments) throws IOException {
        return JavaProcess.start(directory.resolve("outbox.log"), OutboxWorker.class.getName(), arguments);
    }

    private static Process ingest(final Path file, final String... options) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of(
                "ingest",
                file.toString(),
                "--bootstrap-servers=" + connection.bootstrapServers(),
                "--schema-registry-url=" + connection.schemaRegistryUrl()));
        arguments.addAll(List.of(options));
        return JavaProcess.start(directory.resolve("ingest.log"), "dev.driftless.cli.DriftlessMain", arguments);
    }

    private void sendUntilHeld(final HttpGateway gateway, final String body) throws Exception {
        await().atMost(PATIENCE).ignoreException(ConnectException.class).until(() -> {
            final HttpResponse<String> answer =
                    client.send(request(gateway, body), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200;
        });
    }

    private int post(final HttpGateway gateway, final String path, final String body)
            throws IOException, InterruptedException {
        return client.send(request(gateway.address().resolve(path), body), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest request(final HttpGateway gateway, final String body) {
        return request(gateway.address().resolve("/v1/usage/events/batch"), body);
    }

    private static HttpRequest request(final URI address, final String body) {
        return HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String events(final String customer, final int first, final int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "{\"customerId\": \"" + customer
                        + "\", \"feature\": \"api_calls\", \"idempotencyKey\": \"k" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    static FeatureDefinition feature() {
        return FeatureDefinition.newBuilder()
                .setCode("api_calls")
                .setRevision(0)
                .setAggregation(Aggregation.COUNT)
                .setUnit("call")
                .setEffective(List.of(new EffectiveInterval(Instant.EPOCH, null)))
                .build();
    }
}
