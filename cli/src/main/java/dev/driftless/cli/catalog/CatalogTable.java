package dev.driftless.cli.catalog;

import dev.driftless.cli.TextTable;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Features as people read them. Where a feature has no late policy of its own, that of the installation holds, shown as
 * {@code default}.
 *
 * @param lines the lines of the table
 */
record CatalogTable(List<String> lines) {
    private static final TextTable TABLE = new TextTable(
            List.of(
                    "code",
                    "revision",
                    "aggregation",
                    "unit",
                    "split by",
                    "in effect",
                    "values",
                    "late",
                    "description"),
            Set.of(1));

    static CatalogTable of(final List<FeatureDefinition> features) {
        return new CatalogTable(TABLE.lines(features.stream()
                .map(feature -> List.of(
                        feature.getCode(),
                        Long.toString(feature.getRevision()),
                        aggregation(feature),
                        feature.getUnit(),
                        feature.getGroupBy().isEmpty() ? "-" : String.join(", ", feature.getGroupBy()),
                        inEffect(feature),
                        values(feature),
                        feature.getLatePolicy() == null
                                ? "default"
                                : feature.getLatePolicy().name(),
                        feature.getDescription()))
                .toList()));
    }

    /** The intervals of a feature as people read them. */
    static String inEffect(final FeatureDefinition feature) {
        return feature.getEffective().stream().map(CatalogTable::shown).collect(Collectors.joining(", "));
    }

    /** An interval as people read it. */
    static String shown(final EffectiveInterval interval) {
        return interval.getUntil() == null
                ? "from " + interval.getFrom()
                : interval.getFrom() + " to " + interval.getUntil();
    }

    private static String aggregation(final FeatureDefinition feature) {
        return feature.getUniqueProperty() == null
                ? feature.getAggregation().name()
                : feature.getAggregation() + " of " + feature.getUniqueProperty();
    }

    private static String values(final FeatureDefinition feature) {
        final List<String> limits = new ArrayList<>();
        if (feature.getMinimum() != null) {
            limits.add(">= " + plain(feature.getMinimum()));
        }
        if (feature.getMaximum() != null) {
            limits.add("<= " + plain(feature.getMaximum()));
        }
        if (feature.getWholeNumbers()) {
            limits.add("whole");
        }
        return limits.isEmpty() ? "any" : String.join(", ", limits);
    }

    private static String plain(final BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
