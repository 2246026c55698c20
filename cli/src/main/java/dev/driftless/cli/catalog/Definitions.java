package dev.driftless.cli.catalog;

import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import java.util.List;

/**
 * Copies of definitions whose lists are plain ones. Those of Avro, which its builders and readers make, throw when they
 * are compared where a union holds an {@link java.time.Instant}.
 */
final class Definitions {
    private Definitions() {}

    static FeatureDefinition withRevision(final FeatureDefinition definition, final long revision) {
        return copy(definition, revision, definition.getEffective());
    }

    static FeatureDefinition withEffective(
            final FeatureDefinition definition, final List<EffectiveInterval> effective) {
        return copy(definition, definition.getRevision(), effective);
    }

    private static FeatureDefinition copy(
            final FeatureDefinition definition, final long revision, final List<EffectiveInterval> effective) {
        return new FeatureDefinition(
                definition.getCode(),
                revision,
                definition.getAggregation(),
                definition.getUnit(),
                definition.getDescription(),
                List.copyOf(effective),
                definition.getUniqueProperty(),
                List.copyOf(definition.getGroupBy()),
                definition.getMinimum(),
                definition.getMaximum(),
                definition.getWholeNumbers(),
                definition.getLatePolicy());
    }
}
