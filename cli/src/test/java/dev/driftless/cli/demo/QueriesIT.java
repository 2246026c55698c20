package dev.driftless.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.stack.Tuning;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, each with a copy of the other one's state, are asked about customers of both. */
class QueriesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> CUSTOMERS = List.of("acme", "b/2 +ä", "c", "d", "e", "f", "g", "h");

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldAnswerAtWhicheverInstanceIsAsked() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.builder()
                .dataDirectory(directory)
                .tuning(Tuning.SHORT_RUN)
                .start()) {
            final ConnectionOptions connection = new ConnectionOptions(
                    stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
            Provisioning.withDefaults(connection).applyOrFail();
            DemoCatalog.apply(connection, BetaFeature.before(Instant.now()));
            final Application one = stack.startApplication(instance("one"));
            final Application two = stack.startApplication(instance("two"));
            final Map<String, Receipt> receipts = publish(connection);
            final Instant lastMonth = publishOfLastMonth(connection);

            for (final Application asked : List.of(one, two)) {
                for (final String customer : CUSTOMERS) {
                    await(customer).atMost(PATIENCE).untilAsserted(() -> {
                        assertUsage(get(asked, "/v1/customers/" + escaped(customer) + "/usage"), customer);
                        assertFate(
                                get(asked, "/v1/customers/" + escaped(customer) + "/events/key%2F1"),
                                receipts.get(customer));
                    });
                }
                assertPast(asked, lastMonth);
                assertThat(get(asked, "/v1/customers/nobody/usage").body().path("usage"))
                        .isEmpty();
                assertThat(get(asked, "/v1/customers/acme/usage?feature=storage_gb_hours")
                                .body()
                                .path("usage"))
                        .isEmpty();
                assertThat(get(asked, "/v1/customers/acme/usage?feature=api_calls&period=current")
                                .body()
                                .path("usage"))
                        .hasSize(1);
                assertThat(get(asked, "/v1/customers/acme/events/never").status())
                        .isEqualTo(404);
            }
            await("copies on both").atMost(PATIENCE).until(() -> metric(one) > 0 && metric(two) > 0);

            one.kill();
            for (final String customer : CUSTOMERS) {
                await(customer + " from a copy or its new owner")
                        .atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertUsage(get(two, "/v1/customers/" + escaped(customer) + "/usage"), customer));
            }
            await("taken over").atMost(PATIENCE).untilAsserted(() -> assertThat(CUSTOMERS)
                    .allSatisfy(customer -> assertThat(get(two, "/v1/customers/" + escaped(customer) + "/usage")
                                    .body()
                                    .path("stale")
                                    .asBoolean(true))
                            .isFalse()));
        }
    }

    private static ApplicationSpec instance(final String name) {
        return ApplicationSpec.named(name).with("standby-replicas", "1").with("session-timeout", "6s");
    }

    private static Map<String, Receipt> publish(final ConnectionOptions connection) throws Exception {
        final Map<String, Receipt> receipts = new LinkedHashMap<>();
        try (UsageClient client = UsageClient.create(UsageClientConfig.builder()
                .bootstrapServers(connection.bootstrapServers())
                .schemaRegistryUrl(connection.schemaRegistryUrl())
                .build())) {
            for (final String customer : CUSTOMERS) {
                final Usage usage = Usage.builder()
                        .customer(customer)
                        .feature("api_calls")
                        .idempotencyKey("key/1")
                        .build();
                receipts.put(customer, client.track(usage).get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
                client.track(usage).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        return receipts;
    }

    /** A customer with one event that counts and one that is taken back, both of the month before this one. */
    private static Instant publishOfLastMonth(final ConnectionOptions connection) throws Exception {
        final Instant thisMonth = Instant.now()
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .toInstant();
        final Instant lastMonth = thisMonth.minusSeconds(1);
        try (UsageClient client = UsageClient.create(UsageClientConfig.builder()
                .bootstrapServers(connection.bootstrapServers())
                .schemaRegistryUrl(connection.schemaRegistryUrl())
                .build())) {
            final Usage wrong = usageOf("wrong", lastMonth);
            for (final Usage usage : List.of(
                    usageOf("right", lastMonth),
                    wrong,
                    wrong,
                    Usage.voidOf(wrong).idempotencyKey("void").build())) {
                client.track(usage).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        return lastMonth;
    }

    private static Usage usageOf(final String key, final Instant occurredAt) {
        return Usage.builder()
                .customer("past")
                .feature("api_calls")
                .idempotencyKey(key)
                .occurredAt(occurredAt)
                .build();
    }

    private void assertPast(final Application asked, final Instant lastMonth) {
        await("last month").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(get(asked, "/v1/customers/past/usage?period=" + lastMonth)
                            .body()
                            .path("usage"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.path("status").asText()).isEqualTo("AMENDED");
                        assertThat(line.path("quantity").asText()).isEqualTo("1");
                        assertThat(line.path("eventCount").asLong()).isEqualTo(1);
                        assertThat(line.path("voidCount").asLong()).isEqualTo(1);
                        assertThat(Instant.parse(line.path("periodEnd").asText()))
                                .isEqualTo(lastMonth.plusSeconds(1));
                    });
            assertThat(get(asked, "/v1/customers/past/usage?period=current")
                            .body()
                            .path("usage"))
                    .isEmpty();
            final JsonNode wrong = get(asked, "/v1/customers/past/events/wrong").body();
            assertThat(wrong.path("state").asText()).isEqualTo("TAKEN_BACK");
            assertThat(wrong.path("duplicateCount").asLong()).isEqualTo(1);
            assertThat(get(asked, "/v1/customers/past/events/void")
                            .body()
                            .path("state")
                            .asText())
                    .isEqualTo("VOID");
        });
    }

    private static void assertUsage(final Answer answer, final String customer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("customer").asText()).isEqualTo(customer);
        assertThat(answer.body().path("usage")).singleElement().satisfies(line -> {
            assertThat(line.path("feature").asText()).isEqualTo("api_calls");
            assertThat(line.path("quantity").asText()).isEqualTo("1");
            assertThat(line.path("duplicateCount").asLong()).isEqualTo(1);
            assertThat(line.path("status").asText()).isEqualTo("OPEN");
        });
    }

    private static void assertFate(final Answer answer, final Receipt receipt) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("state").asText()).isEqualTo("COUNTED");
        assertThat(answer.body().path("duplicateCount").asLong()).isEqualTo(1);
        assertThat(answer.body().path("sourcePartition").asInt()).isEqualTo(receipt.partition());
        assertThat(answer.body().path("sourceOffset").asLong())
                .isEqualTo(receipt.offset().orElseThrow());
        assertThat(answer.body().path("periodStart").asText()).endsWith("-01T00:00:00Z");
        assertThat(Instant.parse(answer.body().path("countedAt").asText())).isBefore(Instant.now());
    }

    /** Customers' segments of a path, escaped as any URL library does it. */
    private static String escaped(final String customer) {
        return URLEncoder.encode(customer, UTF_8).replace("+", "%20");
    }

    /** Records in the copies and the stores of an instance, as Kafka Streams estimates them. */
    private double metric(final Application application) throws IOException, InterruptedException {
        return send(application, "/metrics")
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("kafka_stream_state_estimate_num_keys") && line.contains("usage-aggregates"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private Answer get(final Application application, final String path) throws IOException, InterruptedException {
        final HttpResponse<String> response = send(application, path);
        return new Answer(response.statusCode(), new ObjectMapper().readTree(response.body()));
    }

    private HttpResponse<String> send(final Application application, final String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(application.ops() + path)).build(), BodyHandlers.ofString());
    }

    private record Answer(int status, JsonNode body) {}
}
