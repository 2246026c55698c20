package dev.driftless.gateway.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.client.Usage;

/** What one JSON value turned out to be. */
public sealed interface Reading {
    /**
     * A valid event.
     *
     * @param usage the event
     * @param original what was sent
     */
    record Event(Usage usage, JsonNode original) implements Reading {
        public Event {
            requireNonNull(usage);
            requireNonNull(original);
        }
    }

    /**
     * No event.
     *
     * @param refusal why not
     * @param original what was sent
     */
    record Refused(Refusal refusal, JsonNode original) implements Reading {
        public Refused {
            requireNonNull(refusal);
            requireNonNull(original);
        }
    }
}
