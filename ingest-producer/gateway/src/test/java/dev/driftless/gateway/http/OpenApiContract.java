package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.driftless.gateway.event.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

/** What the OpenAPI document says of an answer, and whether the answer keeps to it. */
final class OpenApiContract {
    private final JsonNode document = Json.read(OpenApi.document());
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private OpenApiContract() {}

    static OpenApiContract load() {
        return new OpenApiContract();
    }

    JsonNode document() {
        return document;
    }

    /** An answer at a path that the document has must be one that it describes, in each part. */
    void check(final String method, final String path, final HttpResponse<String> response) {
        final JsonNode operation = document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            return;
        }
        final String place = method + " " + path + " " + response.statusCode();
        final JsonNode described = operation.path("responses").path(Integer.toString(response.statusCode()));
        assertThat(described.isMissingNode()).as(place + " is described").isFalse();
        described.path("headers").fieldNames().forEachRemaining(header -> assertThat(
                        response.headers().firstValue(header))
                .as(place + " has " + header)
                .isPresent());
        if (!described.has("content")) {
            assertThat(response.body()).as(place).isEmpty();
            return;
        }
        final String type =
                response.headers().firstValue("content-type").orElse("").split(";", 2)[0];
        final JsonNode content = described.path("content").path(type);
        assertThat(content.isMissingNode())
                .as(place + " " + type + " is described")
                .isFalse();
        if (type.equals("application/x-ndjson")) {
            response.body().lines().forEach(line -> assertValid(place, content.path("schema"), line));
        } else if (type.endsWith("json")) {
            assertValid(place, content.path("schema"), response.body());
        }
    }

    void assertValid(final String place, final JsonNode schema, final String body) {
        assertThat(problems(schema, body)).as(place + ": " + body).isEmpty();
    }

    List<String> problems(final JsonNode schema, final String body) {
        final var root = Json.object();
        root.set("components", document.path("components"));
        root.set("allOf", Json.object().putArray("all").add(schema));
        final JsonSchema compiled = schemas.getSchema(new String(Json.write(root), UTF_8));
        return compiled.validate(body, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
