package dev.driftless.cli.file;

import dev.driftless.schemas.rules.FieldRules;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants as people write them in files and on the command line. */
public final class Instants {
    /** What is allowed, as a phrase that follows "must". */
    public static final String RULE = "be a time with offset such as 2026-01-01T00:00:00Z, or a date such as"
            + " 2026-01-01 (its start in UTC), in the years 1970 to 9998 and in whole milliseconds";

    private Instants() {}

    /** The instant that a text names; nothing where it breaks the rule. */
    public static Optional<Instant> parse(final String text) {
        try {
            final Instant instant = text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return Optional.of(instant).filter(Instants::isAllowed);
        } catch (final DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isAllowed(final Instant instant) {
        return FieldRules.occurredAt(instant).isEmpty() && instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
    }
}
