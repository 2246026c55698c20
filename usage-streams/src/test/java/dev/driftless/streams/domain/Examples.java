package dev.driftless.streams.domain;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.Feature.EffectiveInterval;
import dev.driftless.streams.domain.Feature.ValueLimits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events and features that a test may start from. */
final class Examples {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    private Examples() {}

    static Event event(final String value, final Instant occurredAt) {
        return event("api_calls", value, Map.of(), UsageKind.USAGE, Optional.empty(), occurredAt);
    }

    static Event event(
            final String feature,
            final String value,
            final Map<String, String> properties,
            final UsageKind kind,
            final Optional<String> voidedKey,
            final Instant occurredAt) {
        return new Event("acme", feature, new BigDecimal(value), "k1", occurredAt, properties, kind, voidedKey);
    }

    static Feature feature(final Aggregation aggregation) {
        return feature(aggregation, 1, ValueLimits.NONE);
    }

    static Feature feature(final Aggregation aggregation, final long revision, final ValueLimits limits) {
        return new Feature(
                "api_calls",
                revision,
                aggregation,
                "call",
                List.of(new EffectiveInterval(Instant.EPOCH, Optional.empty())),
                List.of(),
                Optional.empty(),
                limits,
                Optional.empty());
    }
}
