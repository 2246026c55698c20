package dev.driftless.cli.catalog;

import dev.driftless.cli.file.Problem;
import dev.driftless.cli.table.RowChange;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Warns of changes to when a feature was in effect, such as a file that opens an archived feature again. */
final class PastEffect {
    private PastEffect() {}

    /**
     * The warnings of a plan.
     *
     * @param catalog the definitions published, by code
     * @param now where the past ends
     */
    static List<Problem> warnings(
            final CatalogPlan plan, final Map<String, FeatureDefinition> catalog, final Instant now) {
        return plan.changes().stream()
                .map(RowChange::row)
                .filter(wanted -> catalog.containsKey(wanted.getCode()))
                .filter(wanted -> !past(wanted, now).equals(past(catalog.get(wanted.getCode()), now)))
                .map(wanted -> new Problem(
                        wanted.getCode(),
                        "effective",
                        "changes for a time before now: usage of that time which is already counted stays counted, and"
                                + " only events that arrive from now on are judged anew"))
                .toList();
    }

    /** The stretches in effect before an instant, each as long as it goes on. */
    private static List<EffectiveInterval> past(final FeatureDefinition feature, final Instant now) {
        final List<EffectiveInterval> past = new ArrayList<>();
        for (final EffectiveInterval interval : feature.getEffective()) {
            final Instant until =
                    interval.getUntil() == null || interval.getUntil().isAfter(now) ? now : interval.getUntil();
            final boolean goesOn =
                    !past.isEmpty() && past.get(past.size() - 1).getUntil().equals(interval.getFrom());
            if (interval.getFrom().isBefore(now)) {
                final Instant from = goesOn ? past.remove(past.size() - 1).getFrom() : interval.getFrom();
                past.add(new EffectiveInterval(from, until));
            }
        }
        return past;
    }
}
