package dev.driftless.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The OpenAPI document. */
final class OpenApi {
    private static final String RESOURCE = "/dev/driftless/gateway/openapi.json";
    private static final byte[] DOCUMENT = read();

    private OpenApi() {}

    static byte[] document() {
        return DOCUMENT.clone();
    }

    static Reply reply() {
        return new Reply(200, Reply.JSON, Buffer.buffer(DOCUMENT), Map.of());
    }

    private static byte[] read() {
        try (InputStream resource = OpenApi.class.getResourceAsStream(RESOURCE)) {
            return resource.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
