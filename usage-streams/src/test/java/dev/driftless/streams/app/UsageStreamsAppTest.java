package dev.driftless.streams.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftless.streams.app.config.Given;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What needs no broker: nobody listens on the port where one is looked for. */
@Timeout(60)
class UsageStreamsAppTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldGiveUpWhenThereAreNoBrokersInTime() throws IOException {
        final UsageStreamsApp app = app(freePort(), freePort(), "0s");

        assertThat(app.run()).isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void shouldSayWhatItWaitsForAndStopInOrderWhenTold() throws Exception {
        final int brokers = freePort();
        final int ops = freePort();
        final UsageStreamsApp app = app(brokers, ops, "1h");
        final CompletableFuture<ExitCode> ended = CompletableFuture.supplyAsync(app::run);
        await().ignoreExceptions().until(() -> get(ops, "/readyz").body().contains("it waits for Kafka"));

        assertThat(get(ops, "/readyz").statusCode()).isEqualTo(503);
        assertThat(get(ops, "/readyz").body()).contains("\"ready\":false", "127.0.0.1:" + brokers);
        assertThat(get(ops, "/livez").statusCode()).isEqualTo(200);
        assertThat(get(ops, "/v1/account").statusCode()).isEqualTo(503);
        assertThat(get(ops, "/v1/account").headers().firstValue("Retry-After")).contains("2");
        assertThat(get(ops, "/metrics").body()).contains("driftless_ready 0.0", "jvm_memory_used_bytes");

        app.stop();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(ExitCode.OK);
        assertThat(app.awaitEnd(Duration.ZERO)).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldNotStartOnAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            assertThat(app(freePort(), taken.getLocalPort(), "1h").run()).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    private static UsageStreamsApp app(final int brokers, final int ops, final String startupTimeout) {
        return new UsageStreamsApp(Given.flags(Map.of(
                "bootstrap-servers",
                "127.0.0.1:" + brokers,
                "ops-port",
                Integer.toString(ops),
                "startup-timeout",
                startupTimeout,
                "kafka.admin.default.api.timeout.ms",
                "1000",
                "kafka.admin.request.timeout.ms",
                "500")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private HttpResponse<String> get(final int port, final String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
