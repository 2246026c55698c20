package dev.driftless.cli.ingest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One record of a file.
 *
 * @param number the line on which it starts, counted from 1
 * @param text the line as it stands in the file, as far as it can be shown
 * @param event its fields; nothing if it has none
 * @param problem why it has none
 */
record EventLine(long number, String text, Optional<JsonNode> event, String problem) {
    EventLine {
        requireNonNull(text);
        requireNonNull(event);
        requireNonNull(problem);
    }

    static EventLine event(final long number, final String text, final JsonNode event) {
        return new EventLine(number, text, Optional.of(event), "");
    }

    static EventLine broken(final long number, final String text, final String problem) {
        return new EventLine(number, text, Optional.empty(), problem);
    }
}
