package dev.driftless.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads the intervals in which a feature is in effect. */
final class IntervalReader {
    private static final String FIELD = "effective";
    private static final Set<String> FIELDS = Set.of("from", "until");

    private final BiConsumer<String, String> problems;

    /** A reader that tells field and message of each problem. */
    IntervalReader(final BiConsumer<String, String> problems) {
        this.problems = problems;
    }

    /** The intervals in ascending order; incomplete if there was a problem. */
    List<EffectiveInterval> read(final JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            problems.accept(FIELD, "must be a list of at least one interval, for instance '- from: 2026-01-01'");
            return List.of();
        }
        final List<EffectiveInterval> intervals = new ArrayList<>();
        for (int place = 0; place < node.size(); place++) {
            interval(FIELD + "[" + (place + 1) + "]", node.get(place)).ifPresent(intervals::add);
        }
        intervals.sort(Comparator.comparing(EffectiveInterval::getFrom));
        refuseOverlap(intervals);
        return intervals;
    }

    private Optional<EffectiveInterval> interval(final String field, final JsonNode node) {
        if (!node.isObject()) {
            problems.accept(field, "must have 'from' and may have 'until'");
            return Optional.empty();
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                problems.accept(field + "." + Violation.shown(name), "is not a field: known are [from, until]");
            }
        });
        final Optional<Instant> from = instant(field + ".from", node.path("from"));
        final boolean isEndless =
                node.path("until").isMissingNode() || node.path("until").isNull();
        final Optional<Instant> until = isEndless ? Optional.empty() : instant(field + ".until", node.path("until"));
        if (from.isEmpty() || (!isEndless && until.isEmpty())) {
            return Optional.empty();
        }
        if (until.isPresent() && !until.get().isAfter(from.get())) {
            problems.accept(field + ".until", "'" + until.get() + "' must be after from '" + from.get() + "'");
            return Optional.empty();
        }
        return Optional.of(new EffectiveInterval(from.get(), until.orElse(null)));
    }

    private Optional<Instant> instant(final String field, final JsonNode node) {
        final Optional<Instant> instant = node.isTextual() ? parsed(node.textValue()) : Optional.empty();
        final Optional<Instant> allowed = instant.filter(
                        at -> FieldRules.occurredAt(at).isEmpty())
                .filter(at -> at.equals(at.truncatedTo(ChronoUnit.MILLIS)));
        if (allowed.isEmpty()) {
            final String shown = node.isMissingNode() ? "" : "'" + Violation.shown(node.asText()) + "' ";
            problems.accept(
                    field,
                    shown + "must be a time with offset such as 2026-01-01T00:00:00Z, or a date such as"
                            + " 2026-01-01 (its start in UTC), in the years 1970 to 9998 and in whole milliseconds");
        }
        return allowed;
    }

    private static Optional<Instant> parsed(final String text) {
        try {
            return Optional.of(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (final DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private void refuseOverlap(final List<EffectiveInterval> ascending) {
        for (int next = 1; next < ascending.size(); next++) {
            final Instant until = ascending.get(next - 1).getUntil();
            final Instant from = ascending.get(next).getFrom();
            if (until == null || until.isAfter(from)) {
                problems.accept(
                        FIELD,
                        "must not overlap: the interval from "
                                + ascending.get(next - 1).getFrom()
                                + (until == null ? " has no end" : " ends at " + until) + ", the next starts at "
                                + from);
            }
        }
    }
}
