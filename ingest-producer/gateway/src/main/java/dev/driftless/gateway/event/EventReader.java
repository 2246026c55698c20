package dev.driftless.gateway.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads one event of a certain form. */
@FunctionalInterface
public interface EventReader {
    /**
     * The event, or why it is none.
     *
     * @param body one JSON value, of whatever form
     * @param fallbackKey idempotency key for a body that has none
     */
    Reading read(JsonNode body, Optional<String> fallbackKey);
}
