package dev.driftless.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The document against the handlers: the same addresses, the same verdict on the same bodies. */
class OpenApiTest {
    private final OpenApiContract contract = OpenApiContract.load();

    @Test
    void shouldDescribeEveryAddressAndNoOther() {
        final var described = new TreeSet<String>();
        contract.document().path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        final var served = new TreeSet<String>();
        try (GatewayBed bed = new GatewayBed()) {
            bed.server().routes().forEach(route -> served.add(route.method() + " " + route.path()));
        }

        assertThat(described).isEqualTo(served);
    }

    @Test
    void shouldListEveryErrorCode() {
        final List<String> codes = new ArrayList<>();
        contract.document().at("/components/schemas/Code/enum").forEach(code -> codes.add(code.textValue()));

        assertThat(codes)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::text).toList());
    }

    @Test
    void shouldBeServed() {
        try (GatewayBed bed = new GatewayBed()) {
            final GatewayBed.Answer answer = bed.get("/openapi.json");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("openapi").textValue()).startsWith("3.1");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldAcceptEachOfItsExamples(final String path, final String type, final String body) {
        try (GatewayBed bed = new GatewayBed()) {
            final String now =
                    body.replace("2026-11-22T10:15:30Z", Instant.now().toString());

            assertThat(bed.post(path, now, "Content-Type", type).status()).isIn(200, 204);
            assertThat(bed.log().events()).hasSize(1);
        }
    }

    static List<Object[]> examples() {
        final List<Object[]> examples = new ArrayList<>();
        OpenApiContract.load().document().path("paths").properties().forEach(path -> path.getValue()
                .at("/post/requestBody/content")
                .properties()
                .forEach(content -> {
                    final JsonNode example = content.getValue().path("example");
                    if (!example.isMissingNode()) {
                        examples.add(new Object[] {
                            path.getKey(),
                            content.getKey(),
                            example.isTextual() ? example.textValue() : example.toString()
                        });
                    }
                }));
        return examples;
    }

    /** What the schema of an event says, the handler says, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'customerId':'c','feature':'api_calls'}",
                "{'externalId':'c','featureCode':'api_calls','eventId':'k','value':2.5}",
                "{'customerId':'c','feature':'api_calls','value':'1e3','properties':{'a':1,'b':true,'c':'x'}}",
                "{'customerId':'c','feature':'api_calls','properties':[{'property':'a','value':'x'}]}",
                "{'customerId':'c'}",
                "{'feature':'api_calls'}",
                "{'customerId':'','feature':'api_calls'}",
                "{'customerId':7,'feature':'api_calls'}",
                "{'customerId':'c','feature':'Api'}",
                "{'customerId':'c','feature':'api_calls','value':null}",
                "{'customerId':'c','feature':'api_calls','value':true}",
                "{'customerId':'c','feature':'api_calls','value':'x'}",
                "{'customerId':'c','feature':'api_calls','value':'NaN'}",
                "{'customerId':'c','feature':'api_calls','model':'m'}",
                "{'customerId':'c','feature':'api_calls','idempotencyKey':''}",
                "{'customerId':'c','feature':'api_calls','idempotencyKey':null}",
                "{'customerId':'c','feature':'api_calls','properties':{'a':{}}}",
                "{'customerId':'c','feature':'api_calls','properties':[{'property':'a'}]}",
                "{'customerId':'c','feature':'api_calls','properties':'x'}",
                "[]",
                "7"
            })
    void shouldJudgeAnEventAsTheHandlerDoes(final String quoted) {
        final String body = quoted.replace('\'', '"');
        final JsonNode schema = Json.object().put("$ref", "#/components/schemas/Event");
        try (GatewayBed bed = new GatewayBed()) {
            final boolean isTaken = bed.post("/v1/usage/events", body).status() == 200;

            assertThat(contract.problems(schema, body).isEmpty()).as(body).isEqualTo(isTaken);
        }
    }
}
