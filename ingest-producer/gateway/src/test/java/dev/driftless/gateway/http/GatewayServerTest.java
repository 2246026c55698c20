package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftless.gateway.http.GatewayBed.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayServerTest {
    private static final String PATH = "/v1/usage/events";
    private static final String EVENT = "{\"customerId\":\"acme\",\"feature\":\"api_calls\"}";

    private final GatewayBed bed = new GatewayBed();

    @AfterEach
    void stop() {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/nope, 404",
        "GET, /v1/usage/events, 405",
        "DELETE, /api/v1/events, 405",
        "POST, /v1/usage/events/, 404",
        "GET, /livez, 200",
        "GET, /readyz, 200"
    })
    void shouldAnswerByAddressAndMethod(final String method, final String path, final int status) {
        final Answer answer =
                bed.send(method, path, bed.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(status);
        if (status == 405) {
            assertThat(answer.header("allow")).isEqualTo("POST");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x-api-key, dev, 200",
        "x-api-key, deV, 401",
        "x-api-key, '', 401",
        "Authorization, Bearer dev, 200",
        "Authorization, bearer dev, 200",
        "Authorization, Basic dev, 401"
    })
    void shouldTakeOnlyThoseWithAKey(final String header, final String value, final int status) {
        final var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bed.port() + PATH))
                .header(header, value)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(EVENT));

        assertThat(bed.send("POST", PATH, request).status()).isEqualTo(status);
    }

    @Test
    void shouldTakeAnyKeyOrNoneWhileNoneIsConfigured() {
        try (GatewayBed open = new GatewayBed(Stream.empty(), Duration.ofSeconds(5))) {
            assertThat(open.post(PATH, EVENT, "x-api-key", "whatever").status()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseAFormThatIsNotRead() {
        assertThat(bed.post(PATH, EVENT, "Content-Type", "text/csv").status()).isEqualTo(415);
        assertThat(bed.post(PATH, EVENT, "Content-Type", "application/json; charset=utf-8")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldAnswerWhatItHasTakenBeforeItStops() {
        bed.log().mode(MemoryLog.Mode.WAIT);
        final CompletableFuture<Answer> taken = CompletableFuture.supplyAsync(() -> bed.post(PATH, EVENT));
        await().until(() -> bed.log().waiting() == 1);
        final CompletableFuture<Boolean> drained =
                CompletableFuture.supplyAsync(() -> bed.server().drain(Duration.ofSeconds(20)));
        await().until(() -> bed.get("/readyz").status() == 503);

        final Answer late = bed.post(PATH, EVENT);
        bed.log().confirmAll();

        assertThat(late.status()).isEqualTo(503);
        assertThat(late.header("retry-after")).isNotBlank();
        assertThat(taken.join().status()).isEqualTo(200);
        assertThat(drained.join()).isTrue();
        assertThat(bed.log().events()).hasSize(1);
    }

    @Test
    void shouldForgetASenderThatGoesAwayInMidBody() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            socket.getOutputStream().write((head(1_000) + "{\"customerId\":").getBytes(UTF_8));
            socket.getOutputStream().flush();
            await().until(() -> bed.server().activeRequests() == 1);
        }

        await().until(() -> bed.server().activeRequests() == 0 && bed.server().bodyBytes() == 0);
        assertThat(bed.log().events()).isEmpty();
        assertThat(bed.post(PATH, EVENT).status()).isEqualTo(200);
    }

    @Test
    void shouldCutOffConnectionsOnWhichNothingMoves() throws IOException {
        try (GatewayBed impatient = new GatewayBed(Stream.of("dev"), Duration.ofSeconds(1));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), impatient.port())) {
            socket.getOutputStream().write(head(1_000).getBytes(UTF_8));
            socket.setSoTimeout(10_000);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldServeOthersWhileAThousandConnectionsAreSlow() throws IOException {
        final List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                final Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.port());
                slow.add(socket);
                socket.getOutputStream().write((head(5_000) + "{").getBytes(UTF_8));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> bed.server().activeRequests() == 1_000);

            assertThat(bed.server().bodyBytes()).isEqualTo(1_000);
            assertThat(bed.post(PATH, EVENT).status()).isEqualTo(200);
        } finally {
            for (final Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static String head(final int length) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nx-api-key: dev\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + length + "\r\n\r\n";
    }
}
