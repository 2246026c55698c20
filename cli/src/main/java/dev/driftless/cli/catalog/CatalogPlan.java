package dev.driftless.cli.catalog;

import dev.driftless.cli.file.Problem;
import dev.driftless.cli.table.RowChange;
import dev.driftless.cli.table.RowChange.Effect;
import dev.driftless.cli.table.TablePlan;
import dev.driftless.schemas.EffectiveInterval;
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
public record CatalogPlan(List<RowChange<FeatureDefinition>> changes, List<Problem> problems, List<Problem> warnings)
        implements TablePlan<FeatureDefinition> {
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
        final List<RowChange<FeatureDefinition>> changes = new ArrayList<>();
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

    /** The change of a published feature to other effective intervals. */
    static RowChange<FeatureDefinition> changed(
            final FeatureDefinition published, final List<EffectiveInterval> effective) {
        return change(published, Definitions.withEffective(published, effective));
    }

    /** This plan with more to look at. */
    CatalogPlan warning(final List<Problem> more) {
        final List<Problem> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new CatalogPlan(changes, problems, all);
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

    private static RowChange<FeatureDefinition> change(
            final FeatureDefinition published, final FeatureDefinition wanted) {
        if (published == null) {
            return change(Effect.CREATED, Definitions.withRevision(wanted, 1));
        }
        final FeatureDefinition unchanged = Definitions.withRevision(published, published.getRevision());
        return Definitions.withRevision(wanted, published.getRevision()).equals(unchanged)
                ? change(Effect.UNCHANGED, unchanged)
                : change(Effect.CHANGED, Definitions.withRevision(wanted, published.getRevision() + 1));
    }

    private static RowChange<FeatureDefinition> change(final Effect effect, final FeatureDefinition definition) {
        return new RowChange<>(effect, definition.getCode(), definition.getRevision(), definition);
    }

    private static List<Problem> changesOfWhatIsFixed(
            final FeatureDefinition published, final FeatureDefinition wanted) {
        final List<Problem> problems = new ArrayList<>();
        fixed(problems, published, "aggregation", published.getAggregation(), wanted.getAggregation());
        fixed(problems, published, "unit", published.getUnit(), wanted.getUnit());
        fixed(problems, published, "groupBy", List.copyOf(published.getGroupBy()), List.copyOf(wanted.getGroupBy()));
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
