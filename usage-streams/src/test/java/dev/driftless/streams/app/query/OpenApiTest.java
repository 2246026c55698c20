package dev.driftless.streams.app.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final JsonNode document = read();

    @Test
    void shouldDescribeEachEndpoint() {
        assertThat(names(document.get("paths")))
                .containsExactlyInAnyOrder(
                        "/livez",
                        "/readyz",
                        "/metrics",
                        "/v1/account",
                        "/v1/openapi.json",
                        "/v1/customers/{customer}/usage",
                        "/v1/customers/{customer}/events/{idempotencyKey}");
    }

    @Test
    void shouldDescribeEachFieldOfAnAnswer() {
        assertDescribed("Usage", UsageReport.class);
        assertDescribed("UsageLine", UsageReport.Line.class);
        assertDescribed("Event", EventReport.class);
    }

    @Test
    void shouldReferToNothingThatIsMissing() {
        final List<String> references = new ArrayList<>();
        document.findValuesAsText("$ref", references);

        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    private void assertDescribed(final String schema, final Class<?> type) {
        assertThat(names(document.at("/components/schemas/" + schema + "/properties")))
                .containsExactlyInAnyOrder(
                        type.getAnnotation(JsonPropertyOrder.class).value());
    }

    private static List<String> names(final JsonNode node) {
        final List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(OpenApi.document().body());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
