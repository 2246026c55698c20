package dev.driftless.client;

import java.time.Duration;

/** Refuses settings, with their name, value and what is allowed. */
final class Checks {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private Checks() {}

    static void duration(final String name, final Duration value) {
        require(
                value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0,
                name,
                value,
                "be from " + SHORTEST + " to " + LONGEST);
    }

    static void text(final String name, final String value) {
        require(value != null && !value.isBlank(), name, value, "be set");
    }

    static void require(final boolean holds, final String name, final Object value, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + " '" + value + "' must " + rule);
        }
    }
}
