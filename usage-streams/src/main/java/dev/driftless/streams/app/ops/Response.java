package dev.driftless.streams.app.ops;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param headers further headers
 * @param body text
 */
public record Response(int status, String contentType, Map<String, String> headers, String body) {
    private static final String JSON = "application/json";

    public Response {
        headers = Map.copyOf(headers);
    }

    /** A value as JSON. */
    public static Response json(final int status, final Object value) {
        return new Response(status, JSON, Map.of(), Json.of(value));
    }

    /** An error: what is wrong, for people. */
    public static Response error(final int status, final String message) {
        return json(status, Map.of("error", message));
    }

    /** Not now, and when to ask again. */
    public static Response notNow(final Object value, final Duration retryAfter) {
        return json(503, value).with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }

    Response with(final String header, final String value) {
        final Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Response(status, contentType, more, body);
    }
}
