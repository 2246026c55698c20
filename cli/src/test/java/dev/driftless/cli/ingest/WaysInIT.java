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
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Topics;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
