package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftless.gateway.config.KeySource;
import dev.driftless.gateway.http.GatewayBed.Access;
import dev.driftless.gateway.http.GatewayBed.Answer;
import dev.driftless.schemas.access.ApiKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a key is for, how much it may send, and what becomes of those who send slowly. */
class AccessTest {
    private static final String PATH = "/v1/usage/events";
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({
        "/v1/usage/events, customerId",
        "/v1/usage/events, externalId",
        "/api/v1/usage/events, customerId",
        "/api/usage/events, externalId"
    })
    void shouldRefuseACustomerThatTheKeyIsNotFor(final String path, final String field) {
        try (GatewayBed bed = bed("dev customers=acme", 0)) {
            assertThat(bed.post(path, event(field, "acme")).status()).isEqualTo(200);

            final Answer refused = bed.post(path, event(field, "globex"));

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("forbidden").contains(field).contains("globex");
            assertThat(bed.log().events()).hasSize(1);
        }
    }

    @Test
    void shouldRefuseTheEventsOfOtherCustomersInABatchAlone() {
        try (GatewayBed bed = bed("dev customers=acme", 0)) {
            final String both = event("customerId", "acme") + "," + event("customerId", "globex");

            final Answer batch = bed.post(PATH + "/batch", "[" + both + "]");
            final Answer lines =
                    bed.post(PATH + "/batch", both.replace("},{", "}\n{"), "Content-Type", "application/x-ndjson");
            final Answer cloud = bed.post(
                    "/api/v1/events",
                    "{\"specversion\":\"1.0\",\"source\":\"s\",\"id\":\"1\",\"type\":\"api_calls\",\"subject\":\"globex\"}",
                    "Content-Type",
                    "application/cloudevents+json");

            assertThat(batch.json().at("/results/0/status").textValue()).isEqualTo("accepted");
            assertThat(batch.json().at("/results/1/code").textValue()).isEqualTo("forbidden");
            assertThat(lines.text())
                    .contains("\"forbidden\"")
                    .contains("\"accepted\":1")
                    .contains("\"refused\":1");
            assertThat(cloud.status()).isEqualTo(403);
            assertThat(cloud.json().at("/errors/0/field").textValue()).isEqualTo("subject");
            assertThat(bed.log().events()).hasSize(2).allMatch(event -> event.customer()
                    .equals("acme"));
        }
    }

    @Test
    void shouldRefuseAKeyThatIsForQueriesAlone() {
        try (GatewayBed bed = bed("dev scope=query", 0)) {
            final Answer refused = bed.post(PATH, event("customerId", "acme"));

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("scope=ingest");
        }
    }

    @Test
    void shouldHoldAKeyToItsRateAndSayWhenToComeBack() {
        try (GatewayBed bed = bed("dev", 1)) {
            final String batch = IntStream.range(0, GatewayBed.BATCH)
                    .mapToObj(i -> event("customerId", "c" + i))
                    .collect(Collectors.joining(",", "[", "]"));

            assertThat(bed.post(PATH + "/batch", batch).status()).isEqualTo(200);
            final Answer second = bed.post(PATH + "/batch", batch);

            assertThat(second.status()).isEqualTo(429);
            assertThat(Integer.parseInt(second.header("retry-after"))).isBetween(20, GatewayBed.BATCH);
            assertThat(bed.log().events()).hasSize(GatewayBed.BATCH);
        }
    }

    @Test
    void shouldExchangeItsKeysWithoutARestart() {
        try (GatewayBed bed = bed("old", 0)) {
            assertThat(post(bed, "old")).isEqualTo(200);

            bed.server().renew(ApiKeys.of(Stream.of("old", "new")));
            assertThat(post(bed, "old")).isEqualTo(200);
            assertThat(post(bed, "new")).isEqualTo(200);

            bed.server().renew(ApiKeys.of(Stream.of("new")));
            assertThat(post(bed, "old")).isEqualTo(401);
            assertThat(post(bed, "new")).isEqualTo(200);
        }
    }

    @Test
    void shouldCutOffAHeadThatComesByteByByte() throws IOException {
        try (GatewayBed bed = impatient();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            final long start = System.nanoTime();

            assertThat(trickle(socket, "POST " + PATH + " HTTP/1.1\r\nX-Slow: "))
                    .isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void shouldCutOffABodyThatComesByteByByte() throws IOException {
        try (GatewayBed bed = impatient();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            assertThat(trickle(socket, head("application/json") + "Content-Length: 100000\r\n\r\n"))
                    .isTrue();
            assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("request_timeout");
            await().until(() -> bed.server().bodyBytes() == 0 && bed.server().activeRequests() == 0);
        }
    }

    @Test
    void shouldCutOffLinesThatDoNotEnd() throws IOException {
        try (GatewayBed bed = impatient();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            final String head = "POST " + PATH + "/batch HTTP/1.1\r\nHost: x\r\nx-api-key: dev\r\n"
                    + "Content-Type: application/x-ndjson\r\nContent-Length: 100000\r\n\r\n";

            assertThat(trickle(socket, head + event("customerId", "acme") + "\n"))
                    .isTrue();
            assertThat(answer(socket)).contains("\"accepted\":1").contains("\"complete\":false");
        }
    }

    @ParameterizedTest
    @CsvSource({"X-Large, 431", "POST, 414"})
    void shouldRefuseAHeadThatIsTooLarge(final String part, final int status) throws IOException {
        try (GatewayBed bed = new GatewayBed();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), bed.port())) {
            final String path = part.equals("POST") ? PATH + "?" + "x".repeat(20_000) : PATH;
            final String request =
                    "POST " + path + " HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.setSoTimeout(10_000);

            assertThat(answer(socket)).containsPattern("^HTTP/1.[01] " + status);
        }
    }

    /** Sends a byte now and then until nothing more is taken; whether that came to pass. */
    private static boolean trickle(final Socket socket, final String start) throws IOException {
        final OutputStream out = socket.getOutputStream();
        out.write(start.getBytes(UTF_8));
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> isCut(socket, out));
        return true;
    }

    private static boolean isCut(final Socket socket, final OutputStream out) {
        try {
            socket.setSoTimeout(1);
            if (socket.getInputStream().available() > 0) {
                return true;
            }
            out.write('x');
            out.flush();
            return false;
        } catch (final IOException e) {
            return true;
        }
    }

    private static String answer(final Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        final StringBuilder answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (final SocketException e) {
            assertThat(answer).as("what came before the connection was reset").isNotEmpty();
        }
        return answer.toString();
    }

    private static String head(final String type) {
        return "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nx-api-key: dev\r\nContent-Type: " + type + "\r\n";
    }

    private static int post(final GatewayBed bed, final String key) {
        return bed.post(PATH, event("customerId", "acme"), "x-api-key", key).status();
    }

    private static GatewayBed bed(final String key, final int eventsPerSecond) {
        return new GatewayBed(
                new Access(new KeySource(List.of(key), Optional.empty()), Optional.empty(), eventsPerSecond),
                PATIENT,
                PATIENT);
    }

    private static GatewayBed impatient() {
        return new GatewayBed(
                new Access(new KeySource(List.of("dev"), Optional.empty()), Optional.empty(), 0), PATIENT, IMPATIENT);
    }

    private static String event(final String field, final String customer) {
        return "{\"" + field + "\":\"" + customer + "\",\"feature\":\"api_calls\"}";
    }
}
