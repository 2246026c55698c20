package dev.driftless.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.stack.Tuning;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes the application, and every query of the dashboard finds something there. */
class DashboardIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path OBSERVABILITY = Path.of("..", "docker", "observability");

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @BeforeEach
    void requirePrometheus() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "prometheus"))),
                "no prometheus here (Debian: prometheus): the dashboard is not held against it");
    }

    @Test
    void shouldShowSomethingInEveryPanel() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.builder()
                .dataDirectory(directory.resolve("stack"))
                .tuning(Tuning.SHORT_RUN)
                .start()) {
            final ConnectionOptions connection = new ConnectionOptions(
                    stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
            Provisioning.withDefaults(connection).applyOrFail();
            DemoCatalog.apply(connection, BetaFeature.before(Instant.now()));
            try (UsageClient client = UsageClient.create(UsageClientConfig.builder()
                    .bootstrapServers(connection.bootstrapServers())
                    .schemaRegistryUrl(connection.schemaRegistryUrl())
                    .build())) {
                final Application application = restartedWithStateOnDisk(stack, client);
                final int port = freePort();
                final Process prometheus = prometheus(application.ops(), port);
                try {
                    assertEveryPanel(URI.create("http://127.0.0.1:" + port), client);
                } finally {
                    prometheus.destroy();
                    prometheus.waitFor();
                }
            }
        }
    }

    /** Filters and blocks are read of what is on disk, which so few events are after a restart only. */
    private Application restartedWithStateOnDisk(final EmbeddedStack stack, final UsageClient client) throws Exception {
        final Application first = stack.startApplication(ApplicationSpec.named("one"));
        publish(client, "api_calls", "before");
        await("counted").atMost(PATIENCE).until(() -> get(first.ops().resolve("/metrics"))
                .contains("outcome=\"COUNTED\""));
        first.close();
        return stack.startApplication(first.spec());
    }

    private static void publish(final UsageClient client, final String feature, final String key) throws Exception {
        final Usage usage = Usage.builder()
                .customer("acme")
                .feature(feature)
                .idempotencyKey(key)
                .build();
        client.track(usage).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        client.track(usage).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Traffic goes on meanwhile: counted events, their copies, and rejections. */
    private void assertEveryPanel(final URI prometheus, final UsageClient client)
            throws IOException, InterruptedException {
        final Map<String, String> queries = queries();
        final AtomicInteger round = new AtomicInteger();
        await("data in all panels of " + queries.keySet())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    final String key = "key-" + round.getAndIncrement();
                    publish(client, "api_calls", key);
                    publish(client, "not_in_the_catalog", key);
                    for (final Map.Entry<String, String> query : queries.entrySet()) {
                        assertThat(samples(prometheus, query.getValue()))
                                .as("panel '%s': %s", query.getKey(), query.getValue())
                                .isNotEmpty();
                    }
                });
        assertThat(samples(prometheus, "sum(abs(driftless_account_imbalance))"))
                .singleElement()
                .satisfies(sample ->
                        assertThat(sample.path("value").path(1).asText()).isEqualTo("0"));
    }

    /** All queries of the dashboard, by panel and letter. */
    private Map<String, String> queries() throws IOException {
        final JsonNode dashboard = json.readTree(OBSERVABILITY
                .resolve(Path.of("grafana", "dashboards", "driftless.json"))
                .toFile());
        final Map<String, String> queries = new TreeMap<>();
        dashboard.path("panels").forEach(panel -> {
            assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
            panel.path("targets")
                    .forEach(target -> queries.put(
                            panel.path("title").asText() + " "
                                    + target.path("refId").asText(),
                            target.path("expr").asText()));
        });
        return queries;
    }

    private JsonNode samples(final URI prometheus, final String query) throws IOException, InterruptedException {
        final String path = "/api/v1/query?query=" + URLEncoder.encode(query, UTF_8);
        return json.readTree(get(prometheus.resolve(path))).path("data").path("result");
    }

    private String get(final URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    /** With our rules; scraping each second. */
    private Process prometheus(final URI ops, final int port) throws IOException {
        final Path configuration = directory.resolve("prometheus.yml");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "global: {scrape_interval: 1s, evaluation_interval: 1s}",
                        "rule_files: ['" + OBSERVABILITY.resolve("alerts.yml").toRealPath() + "']",
                        "scrape_configs:",
                        "  - job_name: usage-streams",
                        "    static_configs: [{targets: ['" + ops.getAuthority() + "']}]",
                        ""));
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
