package dev.driftless.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.client.Usage;
import dev.driftless.gateway.http.GatewayBed.Answer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleEventTest {
    private static final String PATH = "/v1/usage/events";

    private final GatewayBed bed = new GatewayBed();

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void shouldPublishWhatTheBodySaysAndAnswerWithItsReceipt() {
        final Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);
        final Answer answer = bed.post(PATH, """
                {"customerId": "acme", "feature": "api_calls", "value": 2.50, "idempotencyKey": "k",
                 "timestamp": "%s", "properties": {"region": "eu", "retries": 2, "cached": true}}""".formatted(time));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(bed.log().events())
                .containsExactly(Usage.builder()
                        .customer("acme")
                        .feature("api_calls")
                        .value("2.5")
                        .idempotencyKey("k")
                        .occurredAt(time)
                        .properties(Map.of("region", "eu", "retries", "2", "cached", "true"))
                        .build());
        assertThat(answer.json().path("idempotencyKey").textValue()).isEqualTo("k");
        assertThat(answer.json().path("value").textValue()).isEqualTo("2.5");
        assertThat(answer.json().path("partition").intValue()).isEqualTo(3);
        assertThat(answer.json().path("offset").intValue()).isEqualTo(1);
    }

    @Test
    void shouldCountOneNowUnderAGeneratedKeyUnlessTold() {
        final Answer answer = bed.post(PATH, "{\"customerId\": \"acme\", \"feature\": \"api_calls\"}");

        final Usage usage = bed.log().events().get(0);
        assertThat(usage.value()).isEqualByComparingTo("1");
        assertThat(usage.occurredAt())
                .isBetween(Instant.now().minusSeconds(20), Instant.now().plusSeconds(1));
        assertThat(answer.json().path("idempotencyKey").textValue())
                .isEqualTo(usage.idempotencyKey())
                .hasSize(36);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "9007199254740993, 9007199254740993",
        "99999999999999999999999999999.999999999, 99999999999999999999999999999.999999999",
        "1e3, 1000",
        "1E2, 100",
        "-0, 0",
        "0.123456789, 0.123456789",
        "-2.500, -2.5",
        "1.0000000000, 1"
    })
    void shouldKeepANumberExactlyAsItIsWritten(final String written, final String counted) {
        assertThat(bed.post(PATH, event("\"value\": " + written)).status()).isEqualTo(200);
        assertThat(bed.post(PATH, event("\"value\": \"" + written + "\"")).status())
                .isEqualTo(200);

        assertThat(bed.log().events()).extracting(Usage::value).allSatisfy(value -> assertThat(value)
                .isEqualByComparingTo(new BigDecimal(counted)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"value\": null | value | null",
                "\"value\": 1.0000000001 | value | 9 after the decimal point",
                "\"value\": 0.1234567891 | value | 9 after the decimal point",
                "\"value\": 1e999999 | value | at most 29 digits",
                "\"value\": 100000000000000000000000000000 | value | at most 29 digits",
                "\"value\": true | value | be a decimal number",
                "\"value\": \"NaN\" | value | be a decimal number",
                "\"value\": \"\uFF11\" | value | be a decimal number",
                "\"value\": \" 1\" | value | be a decimal number",
                "\"value\": \"1,5\" | value | be a decimal number",
                "\"model\": \"m\" | model | be absent",
                "\"timestamp\": \"2026-06-30T23:59:60Z\" | timestamp | ISO 8601 time with offset",
                "\"timestamp\": \"2026-02-30T00:00:00Z\" | timestamp | ISO 8601 time with offset",
                "\"value\": 1e400 | value | at most 29 digits",
                "\"value\": \"1e-400\" | value | 9 after the decimal point",
                "\"value\": \"\" | value | be a decimal number",
                "\"value\": \"0x10\" | value | be a decimal number",
                "\"value\": [1] | value | be a decimal number",
                "\"valu\": 5 | valu | be absent",
                "\"inputTokens\": 5 | inputTokens | be absent",
                "\"timestamp\": \"2026-01-01T00:00:00\" | timestamp | ISO 8601 time with offset",
                "\"timestamp\": 1767225600 | timestamp | be a text",
                "\"timestamp\": \"2020-01-01T00:00:00Z\" | timestamp | lie at most",
                "\"timestamp\": \"2500-01-01T00:00:00Z\" | timestamp | lie at most",
                "\"externalId\": \"other\" | externalId | be equal to customerId",
                "\"idempotencyKey\": \" \" | idempotencyKey | not be blank",
                "\"eventId\": \"\\u0000\" | eventId | no control characters",
                "\"properties\": {\"a\": null} | properties[a] | be a text, a number or a boolean",
                "\"properties\": [{\"property\": \"a\", \"value\": 1}, {\"property\": \"a\", \"value\": 2}] | properties | each name once",
                "\"properties\": {\"\": \"x\"} | properties[] | be 1 to 100 characters",
            })
    void shouldRefuseAFieldThatBreaksItsRuleByItsName(final String field, final String name, final String rule) {
        final Answer answer = bed.post(PATH, event(field));

        assertThat(answer.status()).isEqualTo(400);
        final JsonNode error = answer.json().path("errors").path(0);
        assertThat(error.path("field").textValue()).isEqualTo(name);
        assertThat(error.path("rule").textValue() + error.path("value").textValue())
                .contains(rule);
        assertThat(error.path("advice").textValue()).isNotBlank();
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(bed.log().events()).isEmpty();
    }

    @Test
    void shouldNameEveryFieldThatIsWrong() {
        final Answer answer = bed.post(PATH, "{\"feature\": \"Api\", \"value\": \"x\", \"timestamp\": \"y\"}");

        assertThat(answer.json().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("customerId", "feature", "value", "timestamp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | empty",
                "{ | not JSON",
                "{\"customerId\":\"a\",\"customerId\":\"b\",\"feature\":\"api_calls\"} | Duplicate",
                "{} {} | not JSON",
                "{\"value\":NaN} | not JSON",
                "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]] | not JSON",
                "[] | be a JSON object",
                "null | be a JSON object",
            })
    void shouldRefuseWhatIsNoEvent(final String body, final String message) {
        final Answer answer = bed.post(PATH, body == null ? "" : body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").textValue()).containsIgnoringCase(message);
    }

    @ParameterizedTest
    @CsvSource({"unknown_code, 404, feature_not_found", "unreadable, 200, ''", "api_calls, 200, ''"})
    void shouldKnowTheCatalogAtTheDoor(final String feature, final int status, final String code) {
        final Answer answer = bed.post(PATH, "{\"customerId\": \"acme\", \"feature\": \"" + feature + "\"}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"1.5, be a whole number", "-1, be at least 0", "1001, be at most 1000"})
    void shouldKnowAFeaturesLimitsAtTheDoor(final String value, final String rule) {
        final Answer answer =
                bed.post(PATH, "{\"customerId\": \"acme\", \"feature\": \"tokens\", \"value\": " + value + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").textValue()).contains(rule).contains("tokens");
    }

    @Test
    void shouldRefuseAFeatureThatWasNotInEffectAtThatTime() {
        final Answer answer = bed.post(
                PATH,
                "{\"customerId\": \"acme\", \"feature\": \"tokens\", \"timestamp\": \""
                        + Instant.now().minus(2, ChronoUnit.DAYS) + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").textValue()).isEqualTo("feature_not_in_effect");
        assertThat(answer.json().at("/errors/0/field").textValue()).isEqualTo("timestamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"кунде-1", "顧客", "😀", "a b", "Å"})
    void shouldKeepIdsOfAnyScriptAsTheyAre(final String id) {
        assertThat(bed.post(
                                PATH,
                                "{\"customerId\": \"" + id + "\", \"feature\": \"api_calls\", \"idempotencyKey\": \""
                                        + id + "\"}")
                        .json()
                        .path("customerId")
                        .textValue())
                .isEqualTo(id);
        assertThat(bed.log().events().get(0).idempotencyKey()).isEqualTo(id);
    }

    @Test
    void shouldTakeTheKeyOfTheHeaderForABodyWithoutOne() {
        bed.post(PATH, event("\"value\": 1"), "Idempotency-Key", "from-header");
        bed.post(PATH, event("\"idempotencyKey\": \"from-body\""), "Idempotency-Key", "from-header");

        assertThat(bed.log().events()).extracting(Usage::idempotencyKey).containsExactly("from-header", "from-body");
    }

    @Test
    void shouldSayWhenTheBrokersDidNotConfirmAndUnderWhichKeyToTryAgain() {
        bed.log().mode(MemoryLog.Mode.FAIL);

        final Answer answer = bed.post(PATH, event("\"value\": 1"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isNotBlank();
        assertThat(answer.json().path("idempotencyKey").textValue()).hasSize(36);
    }

    private static String event(final String field) {
        return "{\"customerId\": \"acme\", \"feature\": \"api_calls\", " + field + "}";
    }
}
