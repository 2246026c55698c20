package dev.driftless.streams.app.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.streams.app.ops.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The description of all endpoints. */
public final class OpenApi {
    /** Where it is served. */
    public static final String PATH = "/v1/openapi.json";

    private OpenApi() {}

    /** The document, OpenAPI 3.0. */
    public static Response document() {
        try (InputStream document = OpenApi.class.getResourceAsStream("openapi.json")) {
            return new Response(200, "application/json", Map.of(), new String(document.readAllBytes(), UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
