package dev.driftless.streams.app.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.app.config.OpsConfig;
import dev.driftless.streams.app.ops.Request;
import dev.driftless.streams.app.ops.Response;
import dev.driftless.streams.app.query.Query.Fate;
import dev.driftless.streams.app.query.Query.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private final QueryEndpoints endpoints =
            new QueryEndpoints(Optional::empty, new Peers(new OpsConfig("127.0.0.1", 8090)));

    @Test
    void shouldReadQuestionsFromTheirPaths() {
        assertThat(Query.of(request(
                        Map.of("feature", "api_calls", "period", "current"), "v1", "customers", "a/b", "usage")))
                .contains(new Usage("a/b", Optional.of("api_calls"), Optional.of("current")));
        assertThat(Query.of(request(Map.of(), "v1", "customers", "acme", "events", "k/1")))
                .contains(new Fate("acme", "k/1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"v1", "v1,customers", "v1,customers,acme", "v1,customers,acme,events", "v2,customers,acme,usage"
            })
    void shouldNotKnowOtherPaths(final String path) {
        assertThat(endpoints.apply(request(Map.of(), path.split(",", -1)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-01T00:00:00Z", "current"})
    void shouldTakeAnInstantOrCurrentForAPeriod(final String period) {
        assertThat(new Usage("acme", Optional.empty(), Optional.of(period)).violation())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-11", "yesterday", "''"})
    void shouldRefuseAnyOtherPeriodAndSayWhatIsAllowed(final String period) {
        assertThat(new Usage("acme", Optional.empty(), Optional.of(period)).violation())
                .map(Violation::message)
                .hasValueSatisfying(message ->
                        assertThat(message).contains("period", period, "must be 'current' or an instant in ISO 8601"));
    }

    @Test
    void shouldRefuseNamesThatNoEventCanHave() {
        assertThat(status(request(Map.of(), "v1", "customers", "", "usage"))).isEqualTo(400);
        assertThat(status(request(Map.of("feature", "Api Calls"), "v1", "customers", "acme", "usage")))
                .isEqualTo(400);
        assertThat(status(request(Map.of(), "v1", "customers", "acme", "events", "x".repeat(257))))
                .isEqualTo(400);
    }

    @Test
    void shouldAskToComeAgainBeforeProcessingHasBegun() {
        final Optional<Response> response = endpoints.apply(request(Map.of(), "v1", "customers", "acme", "usage"));

        assertThat(response).hasValueSatisfying(later -> {
            assertThat(later.status()).isEqualTo(503);
            assertThat(later.headers()).containsEntry("Retry-After", "1");
            assertThat(later.body()).contains("partitions move or are restored");
        });
    }

    private int status(final Request request) {
        return endpoints.apply(request).orElseThrow().status();
    }

    private static Request request(final Map<String, String> parameters, final String... path) {
        return new Request("/", List.of(path), parameters, false);
    }
}
