package dev.driftless.streams.domain;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.rules.FieldRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The cumulative usage of one customer, feature and period. Immutable: each change gives another one.
 *
 * @param key customer, feature, start of the period and groups
 * @param periodEnd first instant after the period
 * @param aggregation how values become the quantity; fixed when the aggregate is opened
 * @param unit what a quantity of 1 is; fixed when the aggregate is opened
 * @param quantity exact, within {@code decimal(38,9)}
 * @param eventCount events counted
 * @param duplicateCount copies of counted events that were not billed
 * @param lateCount counted events that arrived after their own period had closed
 * @param firstOccurredAt earliest occurred-at counted
 * @param lastOccurredAt latest occurred-at counted
 * @param countedKeys digest of the counted keys
 * @param status whether the period is open
 * @param catalogRevision revision of the definition used last
 * @param emission what has been emitted
 */
public record Aggregate(
        AggregateKey key,
        Instant periodEnd,
        Aggregation aggregation,
        String unit,
        BigDecimal quantity,
        long eventCount,
        long duplicateCount,
        long lateCount,
        Optional<Instant> firstOccurredAt,
        Optional<Instant> lastOccurredAt,
        CountedKeysDigest countedKeys,
        PeriodStatus status,
        long catalogRevision,
        Emission emission) {

    /** An aggregate into which nothing has been counted. */
    public static Aggregate open(final AggregateKey key, final Instant periodEnd, final Feature feature) {
        return new Aggregate(
                key,
                periodEnd,
                feature.aggregation(),
                feature.unit(),
                BigDecimal.ZERO,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                CountedKeysDigest.EMPTY,
                PeriodStatus.OPEN,
                feature.revision(),
                Emission.NONE);
    }

    /**
     * This aggregate with one more event.
     *
     * @return nothing if the quantity would leave {@code decimal(38,9)}
     */
    public Optional<Aggregate> count(final Event event, final KeyHash eventKey, final Feature feature) {
        final BigDecimal after = Quantities.of(aggregation)
                .orElseThrow(() -> new IllegalStateException("no accumulation for " + aggregation))
                .after(this, event);
        return FieldRules.isExactDecimal(after)
                ? Optional.of(counted(event, eventKey, feature, after))
                : Optional.empty();
    }

    private Aggregate counted(
            final Event event, final KeyHash eventKey, final Feature feature, final BigDecimal newQuantity) {
        return new Aggregate(
                key,
                periodEnd,
                aggregation,
                unit,
                newQuantity,
                eventCount + 1,
                duplicateCount,
                lateCount,
                Optional.of(firstOccurredAt
                        .filter(first -> first.isBefore(event.occurredAt()))
                        .orElse(event.occurredAt())),
                Optional.of(lastOccurredAt
                        .filter(last -> last.isAfter(event.occurredAt()))
                        .orElse(event.occurredAt())),
                countedKeys.plus(eventKey),
                status,
                feature.revision(),
                emission);
    }

    /** This aggregate after one more copy of an event that it has counted. */
    public Aggregate repeat() {
        return new Aggregate(
                key,
                periodEnd,
                aggregation,
                unit,
                quantity,
                eventCount,
                duplicateCount + 1,
                lateCount,
                firstOccurredAt,
                lastOccurredAt,
                countedKeys,
                status,
                catalogRevision,
                emission);
    }

    /** This aggregate with another state of emission. */
    public Aggregate with(final Emission newEmission) {
        return new Aggregate(
                key,
                periodEnd,
                aggregation,
                unit,
                quantity,
                eventCount,
                duplicateCount,
                lateCount,
                firstOccurredAt,
                lastOccurredAt,
                countedKeys,
                status,
                catalogRevision,
                newEmission);
    }
}
