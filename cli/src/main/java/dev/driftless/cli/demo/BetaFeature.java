package dev.driftless.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A feature that was in effect for some days until yesterday, so that the demo can try the edges.
 *
 * @param from first instant in effect
 * @param until first instant no longer in effect
 */
record BetaFeature(Instant from, Instant until) {
    static final String CODE = "beta_searches";

    BetaFeature {
        requireNonNull(from);
        requireNonNull(until);
    }

    static BetaFeature before(final Instant start) {
        return new BetaFeature(start.minus(Duration.ofDays(10)), start.minus(Duration.ofDays(1)));
    }

    FeatureDefinition definition() {
        return FeatureDefinition.newBuilder()
                .setCode(CODE)
                .setRevision(1)
                .setAggregation(Aggregation.COUNT)
                .setUnit("search")
                .setDescription("Searches, while they were on trial")
                .setEffective(List.of(new EffectiveInterval(from, until)))
                .build();
    }
}
