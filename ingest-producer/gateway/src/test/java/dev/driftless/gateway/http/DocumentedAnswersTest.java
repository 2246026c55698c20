package dev.driftless.gateway.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftless.gateway.http.GatewayBed.Answer;
import dev.driftless.schemas.access.ApiKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each status that the OpenAPI document has for an address is really answered there, in the form that it describes. */
class DocumentedAnswersTest {
    private static final String BATCH = "/v1/usage/events/batch";

    private final GatewayBed bed = new GatewayBed();

    @AfterEach
    void stop() {
        bed.close();
    }

    static List<Object[]> answers() {
        final List<Object[]> answers = new ArrayList<>();
        OpenApiContract.load().document().path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> operation
                        .getValue()
                        .path("responses")
                        .fieldNames()
                        .forEachRemaining(
                                status -> answers.add(new Object[] {operation.getKey(), path.getKey(), status}))));
        // An HTTP client does not stop in mid-body; AccessTest does.
        answers.removeIf(answer -> answer[2].equals("408"));
        return answers;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldGiveEachAnswerThatIsDescribed(final String method, final String path, final String status) {
        final Answer answer = method.equals("get") ? read(path, status) : provoke(path, status);

        assertThat(answer.status()).isEqualTo(Integer.parseInt(status));
    }

    private Answer read(final String path, final String status) {
        if (status.equals("503")) {
            bed.server().stopTaking();
        }
        return path.equals("/metrics") ? bed.metrics() : bed.get(path);
    }

    private Answer provoke(final String path, final String status) {
        return switch (status) {
            case "200", "204" -> bed.post(path, body(path, "api_calls"));
            case "400" -> bed.post(path, "{");
            case "401" -> bed.post(path, body(path, "api_calls"), "x-api-key", "wrong");
            case "403" -> withAKeyForOtherThings(path);
            case "404" -> bed.post(path, body(path, "no_such_feature"));
            case "413" -> bed.post(path, " ".repeat(GatewayBed.BODY_BYTES + 1));
            case "415" -> bed.post(path, body(path, "api_calls"), "Content-Type", "text/csv");
            case "429" -> whileAllPlacesAreTaken(path);
            case "503" -> whileTheBrokersDoNotConfirm(path);
            default ->
                throw new IllegalStateException(
                        "no way is known to have " + path + " answer " + status + "; is it ever?");
        };
    }

    private Answer withAKeyForOtherThings(final String path) {
        bed.server().renew(ApiKeys.of(Stream.of(GatewayBed.KEY + " scope=query")));
        return bed.post(path, body(path, "api_calls"));
    }

    private Answer whileTheBrokersDoNotConfirm(final String path) {
        bed.log().mode(MemoryLog.Mode.FAIL);
        return bed.post(path, body(path, "api_calls"));
    }

    private Answer whileAllPlacesAreTaken(final String path) {
        bed.log().mode(MemoryLog.Mode.WAIT);
        final CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> bed.post(BATCH, full(40)));
        final CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> bed.post(BATCH, full(10)));
        await().atMost(20, SECONDS).until(() -> bed.log().waiting() == GatewayBed.PLACES);
        final Answer turnedAway = bed.post(path, body(path, "api_calls"));
        bed.log().confirmAll();
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(second.join().status()).isEqualTo(200);
        return turnedAway;
    }

    private static String full(final int events) {
        return IntStream.range(0, events)
                .mapToObj(i -> body("/v1/usage/events", "api_calls"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String body(final String path, final String feature) {
        final String event = path.equals("/api/v1/events")
                ? "{\"specversion\":\"1.0\",\"id\":\"k\",\"source\":\"s\",\"type\":\"" + feature
                        + "\",\"subject\":\"c\",\"time\":\"" + Instant.now() + "\"}"
                : "{\"customerId\":\"c\",\"feature\":\"" + feature + "\"}";
        return path.endsWith("/batch") ? "[" + event + "]" : event;
    }
}
