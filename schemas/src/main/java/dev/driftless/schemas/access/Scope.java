package dev.driftless.schemas.access;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/** What a key may be used for. */
public enum Scope {
    /** To send usage events. */
    INGEST,
    /** To ask about usage and events. */
    QUERY;

    /** Its name as it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Scope parse(final String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("scope '" + text + "' must be one of "
                        + Arrays.stream(values()).map(Scope::text).collect(joining(", "))));
    }
}
