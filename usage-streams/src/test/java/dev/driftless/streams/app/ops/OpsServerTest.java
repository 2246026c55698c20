package dev.driftless.streams.app.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.driftless.streams.app.config.OpsConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {
    private final HttpClient http = HttpClient.newHttpClient();

    private OpsServer server;

    @BeforeEach
    void start() throws IOException {
        server = OpsServer.start(
                new OpsConfig("127.0.0.1", 0),
                Map.of(
                        "/fine", () -> Response.json(200, Map.of("text", "ä")),
                        "/later", () -> Response.notNow(Map.of("error", "later"), Duration.ofSeconds(2)),
                        "/broken",
                                () -> {
                                    throw new IllegalStateException("secret detail");
                                }));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAnswerAnEndpoint() throws Exception {
        final HttpResponse<String> response = send("GET", "/fine?a=b");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"text\":\"ä\"}\n");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws Exception {
        final HttpResponse<String> response = send("HEAD", "/fine");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void shouldSayWhichPathsThereAre() throws Exception {
        final HttpResponse<String> response = send("GET", "/fine/more");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"error\":", "/fine/more", "/later");
    }

    @Test
    void shouldRefuseAnyOtherMethod() throws Exception {
        final HttpResponse<String> response = send("POST", "/fine");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(response.body()).contains("\"error\":");
    }

    @Test
    void shouldSayWhenToAskAgain() throws Exception {
        final HttpResponse<String> response = send("GET", "/later");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void shouldNotTellTheWorldWhatBroke() throws Exception {
        final HttpResponse<String> response = send("GET", "/broken");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"error\":").doesNotContain("secret detail");
    }

    @Test
    void shouldRefuseAHostThatIsNotKnown() {
        assertThatIOException()
                .isThrownBy(() -> OpsServer.start(new OpsConfig("nowhere.invalid", 0), Map.of()))
                .withMessageContaining("nowhere.invalid");
    }

    private HttpResponse<String> send(final String method, final String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
