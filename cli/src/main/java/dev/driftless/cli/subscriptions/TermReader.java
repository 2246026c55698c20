package dev.driftless.cli.subscriptions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.cli.file.Fields;
import dev.driftless.streams.domain.period.Interval;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads one term of a subscription. The rules of its fields are those of the application, {@link PeriodRule}. */
final class TermReader {
    static final List<String> SHOWN_FIELDS = List.of("from", "interval", "anchor", "timeZone");

    private static final String ANY_INTERVAL = Interval.MONTH.name();
    private static final String ANY_ANCHOR = "2026-01-01T00:00";
    private static final String ANY_ZONE = "UTC";

    private final String path;
    private final JsonNode node;
    private final BiConsumer<String, String> problems;
    private final Fields fields;

    /**
     * A reader of one term.
     *
     * @param path where it is
     * @param node the term as it is in the file
     * @param problems takes field and message of each problem
     */
    TermReader(final String path, final JsonNode node, final BiConsumer<String, String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        this.fields = new Fields(node, path + ".", problems);
    }

    /** The term, or nothing where there was a problem. */
    Optional<Term> read() {
        if (!node.isObject()) {
            problems.accept(path, "must be a mapping with the fields " + SHOWN_FIELDS);
            return Optional.empty();
        }
        fields.refuseUnknown(Set.copyOf(SHOWN_FIELDS));
        final Optional<Instant> from = fields.requiredInstant("from");
        final Optional<Interval> interval = part("interval", text -> PeriodRule.parse(text, ANY_ANCHOR, ANY_ZONE))
                .map(PeriodRule::interval);
        final Optional<LocalDateTime> anchor = part(
                        "anchor", text -> PeriodRule.parse(ANY_INTERVAL, withTime(text), ANY_ZONE))
                .map(PeriodRule::anchor);
        final Optional<ZoneId> zone = part("timeZone", text -> PeriodRule.parse(ANY_INTERVAL, ANY_ANCHOR, text))
                .map(PeriodRule::zone);
        return from.isEmpty() || interval.isEmpty() || anchor.isEmpty() || zone.isEmpty()
                ? Optional.empty()
                : Optional.of(new Term(from.get(), new PeriodRule(interval.get(), anchor.get(), zone.get())));
    }

    /** A rule that has this one field from the file, so that all that is wrong is told, not the first of it. */
    private Optional<PeriodRule> part(final String field, final Function<String, PeriodRule> parser) {
        if (fields.isAbsent(field)) {
            fields.problem(field, "is missing");
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(
                    fields.get(field).isValueNode()
                            ? fields.get(field).asText()
                            : fields.get(field).toString()));
        } catch (final IllegalArgumentException broken) {
            problems.accept(path, broken.getMessage());
            return Optional.empty();
        }
    }

    /** A date alone is its midnight. */
    private static String withTime(final String anchor) {
        try {
            return LocalDate.parse(anchor).atStartOfDay().toString();
        } catch (final DateTimeParseException notADate) {
            return anchor;
        }
    }
}
