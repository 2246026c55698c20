package dev.driftless.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.client.Usage;
import dev.driftless.gateway.http.GatewayBed.Answer;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients made for other meters: a hosted meter's own, and those that send CloudEvents. */
class OtherClientsTest {
    private final GatewayBed bed = new GatewayBed();

    @AfterEach
    void stop() {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/usage/events", "/api/v1/usage/events"})
    void shouldAnswerAHostedMetersClientAsItExpects(final String path) {
        final String body = """
                {"feature": "api_calls", "customerId": "cus_1", "idempotencyKey": "k", "value": 2,
                 "timestamp": "%s", "properties": [{"property": "region", "value": "eu"}]}""";

        final Answer first = bed.post(path, body.formatted(Instant.now()));
        final Answer retry = bed.post(path, body.formatted(Instant.now()));

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("success").booleanValue()).isTrue();
        assertThat(first.json().at("/data/id").textValue())
                .isNotEmpty()
                .isEqualTo(retry.json().at("/data/id").textValue());
        assertThat(bed.log().events()).hasSize(2).allSatisfy(usage -> assertThat(usage.properties())
                .containsEntry("region", "eu"));
    }

    @Test
    void shouldReadTheNamesThatNewerClientsUse() {
        bed.post(
                "/api/v1/usage/events",
                "{\"featureCode\": \"api_calls\", \"externalId\": \"acme\", \"eventId\": \"e\"}");

        assertThat(bed.log().events().get(0).idempotencyKey()).isEqualTo("e");
    }

    @Test
    void shouldTellAHostedMetersClientWhichFieldIsWrong() {
        final Answer answer = bed.post(
                "/api/v1/usage/events", "{\"feature\": \"api_calls\", \"customerId\": \"c\", \"value\": null}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("success").booleanValue()).isFalse();
        assertThat(answer.json().path("code").textValue()).isEqualTo("validation_error");
        assertThat(answer.json().at("/details/0/field").textValue()).isEqualTo("value");
        assertThat(answer.json().at("/error/code").textValue()).isEqualTo("validation_error");
        assertThat(answer.json().at("/error/param").textValue()).isEqualTo("value");
        assertThat(answer.json().at("/error/details/0/message").textValue()).contains("NaN");
    }

    @Test
    void shouldRefuseAQuantityThatIsNotMeteredInsteadOfCountingOne() {
        final Answer answer = bed.post(
                "/api/v1/usage/events",
                "{\"feature\": \"api_calls\", \"customerId\": \"c\", \"model\": \"m\", \"inputTokens\": 100}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("details").findValuesAsText("field")).containsExactly("model", "inputTokens");
        assertThat(bed.log().events()).isEmpty();
    }

    @Test
    void shouldTellAHostedMetersClientOfAFeatureThatDoesNotExist() {
        final Answer answer = bed.post("/api/usage/events", "{\"feature\": \"nope\", \"customerId\": \"c\"}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/error/code").textValue()).isEqualTo("feature_not_found");
    }

    @Test
    void shouldTellAHostedMetersClientToWait() {
        bed.log().mode(MemoryLog.Mode.FAIL);

        final Answer answer = bed.post("/api/usage/events", "{\"feature\": \"api_calls\", \"customerId\": \"c\"}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isNotBlank();
        assertThat(answer.json().at("/error/type").textValue()).isEqualTo("api_error");
    }

    @Test
    void shouldSortABatchIntoWhatSucceededAndWhatFailed() {
        final Answer answer = bed.post(
                "/api/v1/usage/events/batch",
                "{\"events\": [{\"feature\": \"api_calls\", \"customerId\": \"c\", \"idempotencyKey\": \"k\"},"
                        + " {\"feature\": \"nope\", \"customerId\": \"c\"}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/data/successful").findValuesAsText("idempotencyKey"))
                .containsExactly("k");
        assertThat(answer.json().at("/data/failed/0/index").intValue()).isEqualTo(1);
        assertThat(answer.json().at("/data/failed/0/data/feature").textValue()).isEqualTo("nope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/usage/events", "/api/nope", "/api/v1/usage/events/batch"})
    void shouldAnswerAHostedMetersClientWithJsonWhateverIsWrong(final String path) {
        assertThat(bed.post(path, "{").json().path("success").booleanValue()).isFalse();
        assertThat(bed.post(path, "{}", "x-api-key", "wrong").json().has("error"))
                .isTrue();
    }

    @Test
    void shouldTakeACloudEvent() {
        final Answer answer = bed.post(
                "/api/v1/events",
                cloudEvent("k", "{\"value\": \"2.5\", \"region\": \"eu\", \"items\": 3}"),
                "Content-Type",
                "application/cloudevents+json; charset=utf-8");

        assertThat(answer.status()).isEqualTo(204);
        final Usage usage = bed.log().events().get(0);
        assertThat(usage.customer()).isEqualTo("acme");
        assertThat(usage.feature()).isEqualTo("api_calls");
        assertThat(usage.idempotencyKey()).isEqualTo("k");
        assertThat(usage.value()).isEqualByComparingTo("2.5");
        assertThat(usage.properties()).containsEntry("region", "eu").containsEntry("items", "3");
    }

    @Test
    void shouldTakeABatchOfCloudEventsAndKeepTheGoodOnesOfABadOne() {
        final String good = cloudEvent("a", "{}") + "," + cloudEvent("b", "{}");

        assertThat(bed.post("/api/v1/events", "[" + good + "]", "Content-Type", "application/cloudevents-batch+json")
                        .status())
                .isEqualTo(204);
        final Answer mixed = bed.post(
                "/api/v1/events",
                "[" + good + "," + cloudEvent("c", "{\"value\": null}") + "]",
                "Content-Type",
                "application/cloudevents-batch+json");

        assertThat(mixed.status()).isEqualTo(400);
        assertThat(mixed.json().path("accepted").intValue()).isEqualTo(2);
        assertThat(mixed.json().at("/results/2/errors/0/field").textValue()).isEqualTo("data.value");
        assertThat(bed.log().events()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'specversion':'0.3','id':'k','source':'s','type':'api_calls','subject':'c' | specversion",
                "'specversion':'1.0','source':'s','type':'api_calls','subject':'c' | id",
                "'specversion':'1.0','id':'k','type':'api_calls','subject':'c' | source",
                "'specversion':'1.0','id':'k','source':'s','subject':'c' | type",
                "'specversion':'1.0','id':'k','source':'s','type':'api_calls' | subject",
                "'specversion':'1.0','id':'k','source':'s','type':'api_calls','subject':'c','time':'x' | time",
                "'specversion':'1.0','id':'k','source':'s','type':'api_calls','subject':'c','data':{'tokens':5} | data.tokens",
                "'specversion':'1.0','id':'k','source':'s','type':'api_calls','subject':'c','data':7 | data",
                "'specversion':'1.0','id':'k','source':'s','type':'api_calls','subject':'c','data_base64':'eA==' | data_base64",
                "'specversion':'1.0','id':'k','source':'s','type':'API','subject':'c' | type",
            })
    void shouldRefuseACloudEventByTheNameOfItsField(final String fields, final String name) {
        final Answer answer = bed.post(
                "/api/v1/events",
                "{" + fields.replace("''", "'").replace('\'', '"') + "}",
                "Content-Type",
                "application/cloudevents+json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo(name);
    }

    private static String cloudEvent(final String id, final String data) {
        return "{\"specversion\": \"1.0\", \"id\": \"" + id
                + "\", \"source\": \"checkout\", \"type\": \"api_calls\", \"subject\": \"acme\","
                + " \"datacontenttype\": \"application/json\", \"traceparent\": \"00-1\", \"data\": " + data + "}";
    }
}
