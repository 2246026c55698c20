package dev.driftless.streams.domain.period;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** The years for which periods are known, 1970 to 9999, and the precision of their bounds. */
final class Timeline {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LIMIT = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;
    private static final String WITHIN = "lie in the years 1970 to 9999";
    private static final String WHOLE_MILLIS = "be a whole number of milliseconds";

    private Timeline() {}

    static void requireWithin(final String name, final Instant instant) {
        require(!instant.isBefore(FIRST) && instant.isBefore(LIMIT), name, instant, WITHIN);
    }

    static void requireWithin(final String name, final LocalDateTime local) {
        require(local.getYear() >= FIRST_YEAR && local.getYear() <= LAST_YEAR, name, local, WITHIN);
    }

    static void requireWholeMillis(final String name, final Instant instant) {
        require(instant.truncatedTo(ChronoUnit.MILLIS).equals(instant), name, instant, WHOLE_MILLIS);
    }

    static void requireWholeMillis(final String name, final LocalDateTime local) {
        require(local.truncatedTo(ChronoUnit.MILLIS).equals(local), name, local, WHOLE_MILLIS);
    }

    private static void require(final boolean holds, final String name, final Object value, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + " " + value + " must " + rule);
        }
    }
}
