package dev.driftless.streams.topology.store;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Feature.EffectiveInterval;
import dev.driftless.streams.domain.Feature.ValueLimits;
import dev.driftless.streams.domain.aggregation.Accumulations;
import dev.driftless.streams.topology.decode.UndecodableException;
import java.util.Optional;

/** Features as the domain knows them, from the records of the catalog. */
final class Features {
    private Features() {}

    /**
     * The feature.
     *
     * @param code the row's key
     * @throws UndecodableException if the definition can't be used; the message says why
     */
    static Feature of(final String code, final FeatureDefinition definition) throws UndecodableException {
        require(definition.getCode().equals(code), "code", definition.getCode(), "be the row's key");
        require(
                Accumulations.find(definition.getAggregation()).isPresent(),
                "aggregation",
                definition.getAggregation(),
                "be one that this build knows");
        require(
                definition.getAggregation() != Aggregation.UNIQUE || definition.getUniqueProperty() != null,
                "uniqueProperty",
                definition.getUniqueProperty(),
                "name the property whose distinct values aggregation UNIQUE counts");
        return feature(definition);
    }

    private static void require(final boolean holds, final String field, final Object value, final String rule)
            throws UndecodableException {
        if (!holds) {
            throw new UndecodableException(field + " '" + Violation.shown(String.valueOf(value)) + "' must " + rule);
        }
    }

    private static Feature feature(final FeatureDefinition definition) {
        return new Feature(
                definition.getCode(),
                definition.getRevision(),
                definition.getAggregation(),
                definition.getUnit(),
                definition.getEffective().stream()
                        .map(interval ->
                                new EffectiveInterval(interval.getFrom(), Optional.ofNullable(interval.getUntil())))
                        .toList(),
                definition.getGroupBy(),
                Optional.ofNullable(definition.getUniqueProperty()),
                new ValueLimits(
                        Optional.ofNullable(definition.getMinimum()),
                        Optional.ofNullable(definition.getMaximum()),
                        definition.getWholeNumbers()),
                Optional.ofNullable(definition.getLatePolicy()));
    }
}
