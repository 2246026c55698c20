package dev.driftless.streams.app.ops;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.driftless.streams.app.config.OpsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                                }),
                request -> request.path().get(0).equals("asked")
                        ? Optional.of(Response.json(200, Map.of("request", request.toString())))
                        : Optional.empty());
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
    void shouldUnescapePathsAndParameters() throws Exception {
        assertThat(send("GET", "/asked/a%2Fb+c/%C3%A4?x=1+2&y=%26&z").body())
                .contains("path=[asked, a/b+c, ä]", "x=1 2", "y=&", "z=", "isForwarded=false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/asked/%C3", "/asked/%E4%20"})
    void shouldRefuseEscapesThatAreNotUtf8(final String path) throws Exception {
        final HttpResponse<String> response = send("GET", path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("is not UTF-8");
    }

    @Test
    void shouldRefuseToChangeAnythingWhereQueriesAreAnswered() throws Exception {
        assertThat(send("DELETE", "/asked/x").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "/nothing").statusCode()).isEqualTo(404);
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
    void shouldAnswerHeadWithTheLengthAndWithoutABody() throws Exception {
        final HttpResponse<String> response = send("HEAD", "/fine");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Length")).contains("14");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void shouldRefuseOtherMethodsAndSayWhichThereAre(final String method) throws Exception {
        final HttpResponse<String> response = send(method, "/fine");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(response.body()).isEqualTo("{\"error\":\"" + method + " is not possible; GET and HEAD are\"}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/fin", "/fine/", "/fine/more", "/../fine", "/%22%3Cscript%3E"})
    void shouldSayWhichPathsThereAreWhenAskedForAnother(final String path) throws Exception {
        final HttpResponse<String> response = send("GET", path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).endsWith("; there are [/broken, /fine, /later]\"}\n");
    }

    @Test
    void shouldStillAnswerWhileManyClientsHaveSentHalfARequest() throws Exception {
        final List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                slow.add(socket);
                socket.getOutputStream().write("GET /fine HT".getBytes(US_ASCII));
            }

            assertThat(send("GET", "/fine").statusCode()).isEqualTo(200);
        } finally {
            for (final Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void shouldSurviveWhatIsNotHttp() throws Exception {
        for (final String garbage :
                List.of("\r\n\r\n", "GET foo:bar HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001", "G /\r\n\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write(garbage.getBytes(US_ASCII));
            }
        }

        assertThat(send("GET", "/fine").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldFreeItsPortOnClose() throws Exception {
        final int port = server.port();
        send("GET", "/fine");
        server.close();

        try (OpsServer again =
                OpsServer.start(new OpsConfig("127.0.0.1", port), Map.of(), request -> Optional.empty())) {
            assertThat(again.port()).isEqualTo(port);
        }
    }

    @Test
    void shouldRefuseAHostThatIsNotKnown() {
        assertThatIOException()
                .isThrownBy(() ->
                        OpsServer.start(new OpsConfig("nowhere.invalid", 0), Map.of(), request -> Optional.empty()))
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
