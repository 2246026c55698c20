package dev.driftless.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.cli.file.Fields;
import dev.driftless.schemas.EffectiveInterval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads the intervals in which a feature is in effect. */
final class IntervalReader {
    private static final String FIELD = "effective";
    private static final String FROM = "from";
    private static final String UNTIL = "until";
    private static final Set<String> FIELDS = Set.of(FROM, UNTIL);

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
        final Fields fields = new Fields(node, field + ".", problems);
        fields.refuseUnknown(FIELDS);
        final Optional<Instant> from = fields.requiredInstant(FROM);
        final boolean isEndless = fields.isAbsent(UNTIL);
        final Optional<Instant> until = isEndless ? Optional.empty() : fields.requiredInstant(UNTIL);
        if (from.isEmpty() || (!isEndless && until.isEmpty())) {
            return Optional.empty();
        }
        if (until.isPresent() && !until.get().isAfter(from.get())) {
            fields.problem(UNTIL, "'" + until.get() + "' must be after from '" + from.get() + "'");
            return Optional.empty();
        }
        return Optional.of(new EffectiveInterval(from.get(), until.orElse(null)));
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
