package dev.driftless.streams.app.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked for.
 *
 * @param target path and query as they were sent, to be passed on
 * @param path the path's segments, decoded
 * @param parameters of the query, decoded; of several with one name the last
 * @param isForwarded whether another instance has passed it on
 */
public record Request(String target, List<String> path, Map<String, String> parameters, boolean isForwarded) {
    public Request {
        path = List.copyOf(path);
        parameters = Map.copyOf(parameters);
    }

    /** @throws IllegalArgumentException if an escape is not UTF-8 */
    static Request of(final URI target, final boolean isForwarded) {
        final String rawPath = target.getRawPath();
        final String rawQuery = target.getRawQuery();
        final List<String> path = Arrays.stream(rawPath.substring(1).split("/", -1))
                .map(Request::decode)
                .toList();
        return new Request(rawPath + (rawQuery == null ? "" : "?" + rawQuery), path, parameters(rawQuery), isForwarded);
    }

    private static Map<String, String> parameters(final String rawQuery) {
        final Map<String, String> parameters = new LinkedHashMap<>();
        if (rawQuery != null) {
            for (final String part : rawQuery.split("&", -1)) {
                final int equals = part.indexOf('=');
                parameters.put(
                        decode(equals < 0 ? part : part.substring(0, equals)),
                        equals < 0 ? "" : decode(part.substring(equals + 1).replace("+", "%20")));
            }
        }
        return parameters;
    }

    /** In a path a plus sign is a plus sign, which {@link java.net.URLDecoder} does not know. */
    private static String decode(final String escaped) {
        final byte[] from = escaped.getBytes(UTF_8);
        final ByteBuffer bytes = ByteBuffer.allocate(from.length);
        for (int i = 0; i < from.length; i++) {
            if (from[i] == '%') {
                if (i + 2 >= from.length) {
                    throw new IllegalArgumentException("'" + escaped + "' ends within an escape");
                }
                bytes.put((byte) Integer.parseInt(new String(from, i + 1, 2, UTF_8), 16));
                i += 2;
            } else {
                bytes.put(from[i]);
            }
        }
        try {
            return UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (final CharacterCodingException e) {
            throw new IllegalArgumentException("'" + escaped + "' is not UTF-8 when it is unescaped", e);
        }
    }
}
