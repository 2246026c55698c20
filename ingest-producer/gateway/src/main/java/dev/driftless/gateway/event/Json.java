package dev.driftless.gateway.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON, read strictly: numbers exactly as they are written, no name twice in an object, nothing after the value, nesting
 * and lengths bounded.
 */
public final class Json {
    private static final int MOST_NESTING = 16;
    private static final int LONGEST_NUMBER = 200;
    private static final int LONGEST_NAME = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTING)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxNameLength(LONGEST_NAME)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /**
     * Reads one value.
     *
     * @throws MalformedJsonException if it is none, or there is more
     */
    public static JsonNode read(final byte[] text) {
        try {
            final JsonNode node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new MalformedJsonException("the body is empty", null);
            }
            return node;
        } catch (final JsonProcessingException e) {
            throw new MalformedJsonException(said(e), e);
        } catch (final IOException e) {
            throw new MalformedJsonException("it is not UTF-8", e);
        } catch (final NumberFormatException e) {
            // Jackson lets it through for an exponent that no BigDecimal can have.
            throw new MalformedJsonException("a number in it has too large an exponent", e);
        }
    }

    /** An object to be filled. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The text of a value. */
    public static byte[] write(final JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (final JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said(final JsonProcessingException e) {
        final JsonLocation place = e.getLocation();
        final String message = e.getOriginalMessage().lines().findFirst().orElse("it is malformed");
        return place == null
                ? message
                : message + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }
}
