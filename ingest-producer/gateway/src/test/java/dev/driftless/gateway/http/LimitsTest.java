package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.driftless.gateway.http.GatewayBed.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits as delivered, on either side of each. */
class LimitsTest {
    private static final String PATH = "/v1/usage/events/batch";
    private static final int EVENTS = 10_000;
    private static final int BYTES = 5 * 1_024 * 1_024;

    @ParameterizedTest
    @CsvSource({"/v1/usage/events/batch", "/api/v1/usage/events/batch"})
    void shouldTakeTenThousandEventsAndNotOneMore(final String path) {
        try (GatewayBed bed = GatewayBed.withDefaultLimits()) {
            assertThat(bed.post(path, batch(EVENTS)).status()).isEqualTo(200);
            assertThat(bed.log().events()).hasSize(EVENTS);

            final Answer answer = bed.post(path, batch(EVENTS + 1));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("events").contains("10001").contains("1 to 10000");
            assertThat(bed.log().events()).hasSize(EVENTS);
        }
    }

    @Test
    void shouldTakeFiveMebibytesAndNotOneByteMore() {
        try (GatewayBed bed = GatewayBed.withDefaultLimits()) {
            final String events = batch(2);
            assertThat(bed.post(PATH, events + " ".repeat(BYTES - events.length()))
                            .status())
                    .isEqualTo(200);

            final Answer answer = bed.post(PATH, events + " ".repeat(BYTES - events.length() + 1));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().path("detail").textValue()).contains(Integer.toString(BYTES));
            assertThat(bed.log().events()).hasSize(2);
            assertThat(bed.server().bodyBytes()).isZero();
        }
    }

    /** A compressed body that ends between two lines must not pass for the whole of it. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void shouldNotCallLinesCompleteWhoseCompressedBytesAreCutOff(final String encoding) throws IOException {
        final byte[] whole = (encoding.equals("gzip")
                ? flushed(line("a") + "\n", line("b") + "\n")
                : Zstd.compress((line("a") + "\n" + line("b") + "\n").getBytes(UTF_8)));
        final byte[] cut = Arrays.copyOf(whole, whole.length - 9);
        try (GatewayBed bed = new GatewayBed()) {
            final Answer answer =
                    bed.post(PATH, cut, "Content-Type", "application/x-ndjson", "Content-Encoding", encoding);

            final var last = answer.lines().get(answer.lines().size() - 1);
            assertThat(last.path("complete").booleanValue()).isFalse();
            assertThat(last.path("message").textValue()).isNotBlank();
            assertThat(bed.post(PATH, whole, "Content-Type", "application/x-ndjson", "Content-Encoding", encoding)
                            .text())
                    .contains("\"complete\":true");
        }
    }

    @Test
    void shouldNotTakeABatchWhoseCompressedBytesLackTheirEnd() throws IOException {
        final byte[] whole = flushed(batch(2), " ");
        try (GatewayBed bed = new GatewayBed()) {
            assertThat(bed.post(PATH, Arrays.copyOf(whole, whole.length - 9), "Content-Encoding", "gzip")
                            .status())
                    .isEqualTo(400);
            assertThat(bed.log().events()).isEmpty();
        }
    }

    private static byte[] flushed(final String first, final String second) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes, 512, true)) {
            gzip.write(first.getBytes(UTF_8));
            gzip.flush();
            gzip.write(second.getBytes(UTF_8));
            gzip.flush();
        }
        return bytes.toByteArray();
    }

    private static String batch(final int events) {
        return IntStream.range(0, events).mapToObj(i -> line("k" + i)).collect(Collectors.joining(",", "[", "]"));
    }

    private static String line(final String key) {
        return "{\"customerId\":\"c\",\"feature\":\"api_calls\",\"idempotencyKey\":\"" + key + "\"}";
    }
}
