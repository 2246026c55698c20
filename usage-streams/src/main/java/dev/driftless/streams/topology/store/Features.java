package dev.driftless.streams.topology.store;

import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Feature.EffectiveInterval;
import dev.driftless.streams.domain.Feature.ValueLimits;
import dev.driftless.streams.domain.aggregation.Accumulations;
import java.util.Optional;

/** Features as the domain knows them, from the records of the catalog. */
final class Features {
    private Features() {}

    /** The feature; nothing if its aggregation is one that this build does not know. */
    static Optional<Feature> of(final FeatureDefinition definition) {
        return Accumulations.find(definition.getAggregation())
                .map(known -> new Feature(
                        definition.getCode(),
                        definition.getRevision(),
                        definition.getAggregation(),
                        definition.getUnit(),
                        definition.getEffective().stream()
                                .map(interval -> new EffectiveInterval(
                                        interval.getFrom(), Optional.ofNullable(interval.getUntil())))
                                .toList(),
                        definition.getGroupBy(),
                        Optional.ofNullable(definition.getUniqueProperty()),
                        new ValueLimits(
                                Optional.ofNullable(definition.getMinimum()),
                                Optional.ofNullable(definition.getMaximum()),
                                definition.getWholeNumbers()),
                        Optional.ofNullable(definition.getLatePolicy())));
    }
}
