package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import dev.driftless.client.Usage;
import dev.driftless.gateway.http.GatewayBed.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
    private static final String PATH = "/v1/usage/events/batch";

    private final GatewayBed bed = new GatewayBed();

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void shouldGiveEachEventItsOwnResultAndLetNoneTakeTheOthersWithIt() {
        final Answer answer = bed.post(
                PATH,
                "[" + event("a") + ",{\"customerId\":\"acme\",\"feature\":\"nope\"}," + event("b") + ",7,"
                        + event("c").replace("}", ",\"value\":\"x\"}") + "]");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("accepted").intValue()).isEqualTo(2);
        assertThat(answer.json().path("refused").intValue()).isEqualTo(3);
        assertThat(answer.json().path("results").findValuesAsText("status"))
                .containsExactly("accepted", "refused", "accepted", "refused", "refused");
        assertThat(answer.json().at("/results/1/code").textValue()).isEqualTo("feature_not_found");
        assertThat(answer.json().at("/results/4/errors/0/field").textValue()).isEqualTo("value");
        assertThat(bed.log().events()).extracting(Usage::idempotencyKey).containsExactly("a", "b");
    }

    @Test
    void shouldTakeEventsAsAnArrayOrUnderTheirName() {
        assertThat(bed.post(PATH, "{\"events\": [" + event("a") + "]}").status())
                .isEqualTo(200);
        assertThat(bed.post(PATH, "[" + event("a") + "]").status()).isEqualTo(200);
        assertThat(bed.log().events()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"events\": []}", "{\"events\": 7}", "7", "{\"events\": [], \"more\": 1}"})
    void shouldRefuseWhatIsNoBatch(final String body) {
        final Answer answer = bed.post(PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo("events");
    }

    @Test
    void shouldRefuseMoreEventsThanAllowed() {
        final Answer answer = bed.post(PATH, batch(GatewayBed.BATCH + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("detail").textValue()).contains("1 to " + GatewayBed.BATCH);
        assertThat(bed.log().events()).isEmpty();
    }

    @Test
    void shouldRefuseALargerBodyThanAllowedAndLiveOn() {
        final Answer answer = bed.post(PATH, " ".repeat(GatewayBed.BODY_BYTES + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(bed.post(PATH, batch(2)).status()).isEqualTo(200);
        assertThat(bed.server().bodyBytes()).isZero();
    }

    @Test
    void shouldReadGzipAndZstd() throws IOException {
        final byte[] body = batch(GatewayBed.BATCH).getBytes(UTF_8);

        assertThat(bed.post(PATH, gzip(body), "Content-Encoding", "gzip").status())
                .isEqualTo(200);
        assertThat(bed.post(PATH, Zstd.compress(body), "Content-Encoding", "zstd")
                        .status())
                .isEqualTo(200);
        assertThat(bed.log().events()).hasSize(2 * GatewayBed.BATCH);
    }

    @Test
    void shouldReadAGzipBodyOfSeveralMembers() throws IOException {
        final String body = batch(4);
        final ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(body.substring(0, 50).getBytes(UTF_8)));
        members.write(gzip(body.substring(50).getBytes(UTF_8)));

        assertThat(bed.post(PATH, members.toByteArray(), "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(200);
        assertThat(bed.log().events()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void shouldGiveUpABombBeforeItHasGrown(final String encoding) throws IOException {
        final byte[] zeros = new byte[64 << 20];
        final byte[] bomb = encoding.equals("gzip") ? gzip(zeros) : Zstd.compress(zeros, 1);

        assertThat(bed.post(PATH, bomb, "Content-Encoding", encoding).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void shouldRefuseABodyThatIsNotCompressedAsItSays(final String encoding) {
        assertThat(bed.post(PATH, batch(1), "Content-Encoding", encoding).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void shouldRefuseACompressedBodyThatIsCutOff(final String encoding) throws IOException {
        final byte[] body = batch(GatewayBed.BATCH).getBytes(UTF_8);
        final byte[] whole = encoding.equals("gzip") ? gzip(body) : Zstd.compress(body);

        final Answer answer = bed.post(PATH, Arrays.copyOf(whole, whole.length / 2), "Content-Encoding", encoding);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(bed.log().events()).isEmpty();
    }

    @Test
    void shouldRefuseAnEncodingThatIsNotRead() {
        assertThat(bed.post(PATH, batch(1), "Content-Encoding", "br").status()).isEqualTo(415);
    }

    @Test
    void shouldAcknowledgeABatchAsAWholeOrNotAtAll() {
        bed.log().mode(MemoryLog.Mode.FAIL);

        final Answer answer = bed.post(PATH, batch(3));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("unconfirmed").intValue()).isEqualTo(3);
        assertThat(answer.json().path("results").findValuesAsText("idempotencyKey"))
                .containsExactly("k0", "k1", "k2");
    }

    @Test
    void shouldGiveEventsWithoutAKeyThatOfTheRequestAndTheirIndex() {
        final String keyless = "{\"customerId\":\"acme\",\"feature\":\"api_calls\"}";
        final String body = "[" + keyless + "," + keyless + "]";

        bed.post(PATH, body, "Idempotency-Key", "r");
        bed.post(PATH, body, "Idempotency-Key", "r");

        assertThat(bed.log().events()).extracting(Usage::idempotencyKey).containsExactly("r#0", "r#1", "r#0", "r#1");
    }

    @Test
    void shouldTurnAwayAWholeBatchForWhichThereIsNoPlace() {
        bed.log().mode(MemoryLog.Mode.WAIT);
        final var first = CompletableFuture.supplyAsync(() -> bed.post(PATH, batch(GatewayBed.BATCH)));
        await().until(() -> bed.log().waiting() == GatewayBed.BATCH);

        final Answer second = bed.post(PATH, batch(GatewayBed.BATCH));

        assertThat(second.status()).isEqualTo(429);
        assertThat(second.header("retry-after")).isEqualTo("1");
        assertThat(bed.log().events()).hasSize(GatewayBed.BATCH);
        bed.log().confirmAll();
        assertThat(first.join().status()).isEqualTo(200);
        bed.log().mode(MemoryLog.Mode.CONFIRM);
        assertThat(bed.post(PATH, batch(GatewayBed.BATCH)).status()).isEqualTo(200);
        assertThat(bed.metrics().text())
                .contains("driftless_gateway_events_total{result=\"accepted\"} " + 2 * GatewayBed.BATCH + ".0")
                .contains("driftless_gateway_events_total{result=\"turned_away\"} " + GatewayBed.BATCH + ".0");
    }

    @Test
    void shouldAnswerEachLineOfNdjsonAndSayAtTheEndThatItIsComplete() {
        final String lines =
                IntStream.range(0, 1_000).mapToObj(i -> event("k" + i)).collect(Collectors.joining("\n"));

        final Answer answer = bed.post(
                PATH,
                "\n" + lines + "\nnot json\n" + event("last").replace("api_calls", "nope"),
                "Content-Type",
                "application/x-ndjson");

        assertThat(answer.status()).isEqualTo(200);
        final JsonNode last = answer.lines().get(answer.lines().size() - 1);
        assertThat(last.path("complete").booleanValue()).isTrue();
        assertThat(last.path("accepted").intValue()).isEqualTo(1_000);
        assertThat(last.path("refused").intValue()).isEqualTo(2);
        assertThat(answer.lines().stream()
                        .filter(line -> line.path("status").asText().equals("refused"))
                        .map(line -> line.path("line").intValue()))
                .containsExactlyInAnyOrder(1_002, 1_003);
        assertThat(bed.log().events()).hasSize(1_000);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void shouldReadNdjsonBeyondEveryBoundOnBodies(final HttpClient.Version version) throws IOException {
        final int events = 5_000;
        final byte[] lines = IntStream.range(0, events)
                .mapToObj(i -> event("k" + i) + " ".repeat(100))
                .collect(Collectors.joining("\n"))
                .getBytes(UTF_8);
        assertThat(lines.length).isGreaterThan(GatewayBed.BODY_BYTES);

        final Answer answer =
                bed.post(PATH, gzip(lines), "Content-Type", "application/x-ndjson", "Content-Encoding", "gzip");

        assertThat(answer.lines()).hasSize(events + 1);
        assertThat(bed.log().events()).hasSize(events);
    }

    @Test
    void shouldRefuseALineThatIsTooLongAndNoOther() {
        final Answer answer = bed.post(
                PATH,
                event("a") + "\n" + " ".repeat(300_000) + "\n" + event("b"),
                "Content-Type",
                "application/x-ndjson");

        assertThat(answer.lines()).hasSize(4);
        assertThat(bed.log().events()).extracting(Usage::idempotencyKey).containsExactly("a", "b");
    }

    @Test
    void shouldTellOfNdjsonThatCannotBeDecompressedToItsEnd() {
        final Answer answer =
                bed.post(PATH, event("a"), "Content-Type", "application/x-ndjson", "Content-Encoding", "zstd");

        assertThat(answer.lines().get(0).path("complete").booleanValue()).isFalse();
        assertThat(answer.lines().get(0).path("message").textValue()).contains("decompressed");
    }

    private static String batch(final int events) {
        return IntStream.range(0, events).mapToObj(i -> event("k" + i)).collect(Collectors.joining(",", "[", "]"));
    }

    private static String event(final String key) {
        return "{\"customerId\":\"acme\",\"feature\":\"api_calls\",\"idempotencyKey\":\"" + key + "\"}";
    }

    private static byte[] gzip(final byte[] bytes) throws IOException {
        final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }
}
