package dev.driftless.cli.catalog;

import dev.driftless.cli.file.Problem;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ends or resumes the effect of a published feature.
 *
 * <p>What is counted stays counted, whatever the catalog says afterwards: an event is judged once, when it arrives, by
 * the interval in effect at its occurred-at. So a change at an instant that lies back splits the events of that stretch
 * by their arrival, those before the change and those after it, and has to be allowed expressly.
 *
 * @param code the feature's code
 * @param at first instant at which the feature is no longer, or is again, in effect
 * @param now the time
 * @param allowRetroactive whether {@code at} may lie before {@code now}
 */
record EffectChange(String code, Instant at, Instant now, boolean allowRetroactive) {
    /** Ends the effect for good: later intervals end with it. Refused where the feature is not in effect. */
    CatalogPlan archive(final Map<String, FeatureDefinition> catalog) {
        return plan(catalog, this::archive);
    }

    /** Resumes the effect, without an end. Refused where the feature is in effect, or comes into effect later. */
    CatalogPlan reopen(final Map<String, FeatureDefinition> catalog) {
        return plan(catalog, this::reopen);
    }

    /** Changes intervals, which are ascending. */
    @FunctionalInterface
    private interface Step {
        List<EffectiveInterval> change(
                List<EffectiveInterval> intervals, List<Problem> problems, List<Problem> warnings);
    }

    private CatalogPlan plan(final Map<String, FeatureDefinition> catalog, final Step step) {
        final FeatureDefinition published = catalog.get(code);
        if (published == null) {
            return refused(new Problem(code, "code", "is not in the catalog" + suggestion(catalog)));
        }
        final List<Problem> problems = new ArrayList<>();
        final List<Problem> warnings = new ArrayList<>();
        final List<EffectiveInterval> changed = step.change(published.getEffective(), problems, warnings);
        problems.addAll(retroactive());
        return problems.isEmpty()
                ? new CatalogPlan(List.of(CatalogPlan.changed(published, changed)), List.of(), warnings)
                : new CatalogPlan(List.of(), problems, List.of());
    }

    private List<EffectiveInterval> archive(
            final List<EffectiveInterval> intervals, final List<Problem> problems, final List<Problem> warnings) {
        final Optional<EffectiveInterval> inEffect = holding(intervals);
        if (inEffect.isEmpty()) {
            problems.add(problem("is refused: " + whyNot(intervals)));
        } else if (inEffect.get().getFrom().equals(at)) {
            problems.add(problem(
                    "is refused: the feature comes into effect at that very instant, so that nothing would be left"));
        }
        intervals.stream()
                .filter(interval -> interval.getFrom().isAfter(at))
                .map(interval ->
                        new Problem(code, "effective", "loses the later interval " + CatalogTable.shown(interval)))
                .forEach(warnings::add);
        return intervals.stream()
                .filter(interval -> interval.getFrom().isBefore(at))
                .map(interval -> isHolding(interval) ? new EffectiveInterval(interval.getFrom(), at) : interval)
                .toList();
    }

    private List<EffectiveInterval> reopen(
            final List<EffectiveInterval> intervals, final List<Problem> problems, final List<Problem> warnings) {
        final Optional<EffectiveInterval> inEffect = holding(intervals);
        if (inEffect.isPresent()) {
            problems.add(problem("is refused: the feature is in effect then, " + CatalogTable.shown(inEffect.get())));
        } else if (next(intervals).isPresent()) {
            problems.add(problem("is refused: the feature comes into effect later by itself, "
                    + CatalogTable.shown(next(intervals).get()) + "; catalog apply changes that"));
        }
        final List<EffectiveInterval> changed = new ArrayList<>(intervals);
        changed.add(new EffectiveInterval(at, null));
        return changed;
    }

    private String whyNot(final List<EffectiveInterval> intervals) {
        return next(intervals)
                .map(later -> "the feature is not in effect then, but will be " + CatalogTable.shown(later)
                        + "; catalog apply changes that")
                .orElseGet(() -> "the feature is archived since "
                        + intervals.get(intervals.size() - 1).getUntil());
    }

    private List<Problem> retroactive() {
        return !at.isBefore(now) || allowRetroactive
                ? List.of()
                : List.of(problem("must not lie before now, " + now + ": usage of that time which is already counted"
                        + " stays counted, and only events that arrive from now on are judged anew"
                        + " (--allow-retroactive does it anyway)"));
    }

    private Optional<EffectiveInterval> holding(final List<EffectiveInterval> intervals) {
        return intervals.stream().filter(this::isHolding).findFirst();
    }

    private boolean isHolding(final EffectiveInterval interval) {
        return !at.isBefore(interval.getFrom()) && (interval.getUntil() == null || at.isBefore(interval.getUntil()));
    }

    private Optional<EffectiveInterval> next(final List<EffectiveInterval> intervals) {
        return intervals.stream()
                .filter(interval -> interval.getFrom().isAfter(at))
                .findFirst();
    }

    private String suggestion(final Map<String, FeatureDefinition> catalog) {
        return CodeRules.nearDuplicate(code, catalog.keySet())
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }

    private Problem problem(final String message) {
        return new Problem(code, "--at", "'" + at + "' " + message);
    }

    private static CatalogPlan refused(final Problem problem) {
        return new CatalogPlan(List.of(), List.of(problem), List.of());
    }
}
