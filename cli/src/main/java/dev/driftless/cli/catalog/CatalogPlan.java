package dev.driftless.cli.catalog;

import dev.driftless.schemas.FeatureDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What applying definitions to a catalog would do.
 *
 * @param changes one for each definition, in its order
 * @param problems why it must not be done; empty where it may
 * @param warnings what a person should look at, though it may be done
 */
public record CatalogPlan(List<Change> changes, List<Problem> problems, List<Problem> warnings) {
    /** What becomes of a definition. */
    public enum Effect {
        CREATED,
        CHANGED,
        UNCHANGED
    }

    /**
     * One definition's change.
     *
     * @param effect what becomes of it
     * @param definition as it is or is to be published, with its revision
     */
    public record Change(Effect effect, FeatureDefinition definition) {}

    public CatalogPlan {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * Compares definitions with a catalog.
     *
     * @param wanted definitions, whose revision does not matter
     * @param catalog the definitions published, by code
     * @param allowVague whether codes that say nothing may be registered
     */
    public static CatalogPlan of(
            final List<FeatureDefinition> wanted,
            final Map<String, FeatureDefinition> catalog,
            final boolean allowVague) {
        final List<Change> changes = new ArrayList<>();
        final List<Problem> problems = new ArrayList<>();
        final List<Problem> warnings = new ArrayList<>();
        final Set<String> known = new HashSet<>(catalog.keySet());
        for (final FeatureDefinition feature : wanted) {
            final FeatureDefinition published = catalog.get(feature.getCode());
            if (published == null) {
                if (!allowVague) {
                    problems.addAll(vague(feature.getCode()));
                }
                warnings.addAll(nearDuplicate(feature.getCode(), known));
            } else {
                problems.addAll(changesOfWhatIsFixed(published, feature));
            }
            known.add(feature.getCode());
            changes.add(change(published, feature));
        }
        return new CatalogPlan(changes, problems, warnings);
    }

    private static List<Problem> vague(final String code) {
        return CodeRules.vagueness(code)
                .map(why -> new Problem(code, "code", "'" + code + "' " + why + " (--allow-vague registers it anyway)"))
                .stream()
                .toList();
    }

    private static List<Problem> nearDuplicate(final String code, final Set<String> known) {
        return CodeRules.nearDuplicate(code, known)
                .map(other -> new Problem(
                        code,
                        "code",
                        "'" + code + "' is close to the feature '" + other + "': is it meant to be another?"))
                .stream()
                .toList();
    }

    private static Change change(final FeatureDefinition published, final FeatureDefinition wanted) {
        if (published == null) {
            return new Change(Effect.CREATED, withRevision(wanted, 1));
        }
        final boolean isSame = withRevision(wanted, published.getRevision()).equals(published);
        return isSame
                ? new Change(Effect.UNCHANGED, published)
                : new Change(Effect.CHANGED, withRevision(wanted, published.getRevision() + 1));
    }

    private static FeatureDefinition withRevision(final FeatureDefinition definition, final long revision) {
        return FeatureDefinition.newBuilder(definition).setRevision(revision).build();
    }

    private static List<Problem> changesOfWhatIsFixed(
            final FeatureDefinition published, final FeatureDefinition wanted) {
        final List<Problem> problems = new ArrayList<>();
        fixed(problems, published, "aggregation", published.getAggregation(), wanted.getAggregation());
        fixed(problems, published, "unit", published.getUnit(), wanted.getUnit());
        fixed(problems, published, "groupBy", published.getGroupBy(), wanted.getGroupBy());
        fixed(problems, published, "uniqueProperty", published.getUniqueProperty(), wanted.getUniqueProperty());
        return problems;
    }

    private static void fixed(
            final List<Problem> problems,
            final FeatureDefinition published,
            final String field,
            final Object is,
            final Object wanted) {
        if (!Objects.equals(is, wanted)) {
            problems.add(new Problem(
                    published.getCode(),
                    field,
                    "'" + wanted + "' cannot replace '" + is + "': it is fixed for the life of a code, because usage"
                            + " that is already counted would change its meaning; register a new code instead"));
        }
    }
}
