package dev.driftless.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Json;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param body its bytes; none for a status that has no body
 */
record Reply(int status, String contentType, Buffer body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String SOON = "1";
    private static final String LATER = "5";

    static Reply json(final int status, final String contentType, final JsonNode body) {
        return new Reply(status, contentType, Buffer.buffer(Json.write(body)), Map.of());
    }

    /** An answer that says why something was not taken, and when to try again if that helps. */
    static Reply error(final ErrorCode code, final String contentType, final JsonNode body) {
        final Reply reply = json(code.status(), contentType, body);
        return switch (code) {
            case RATE_LIMITED -> reply.with(RETRY_AFTER, SOON);
            case UNAVAILABLE -> reply.with(RETRY_AFTER, LATER);
            case UNAUTHORIZED -> reply.with("WWW-Authenticate", "Bearer");
            default -> reply;
        };
    }

    static Reply empty(final int status) {
        return new Reply(status, JSON, Buffer.buffer(), Map.of());
    }

    /** In whole seconds, as HTTP has it; rounded up. */
    Reply retryAfter(final Duration wait) {
        return with(RETRY_AFTER, Long.toString(wait.plusSeconds(1).minusNanos(1).toSeconds()));
    }

    Reply with(final String header, final String value) {
        final Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, contentType, body, all);
    }
}
