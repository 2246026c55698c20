package dev.driftless.streams.domain;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * The cumulative usage of one customer, feature and period. Immutable: each change gives another one.
 *
 * @param key customer, feature, start of the period and groups
 * @param periodEnd first instant after the period
 * @param aggregation how values become the quantity; fixed when the aggregate is opened
 * @param unit what a quantity of 1 is; fixed when the aggregate is opened
 * @param status whether the period is open
 * @param tally what has been counted
 * @param sourceOffset offset of the last record of the partition that moved it
 * @param catalogRevision revision of the definition used last
 * @param emission what has been emitted
 */
public record Aggregate(
        AggregateKey key,
        Instant periodEnd,
        Aggregation aggregation,
        String unit,
        PeriodStatus status,
        Tally tally,
        long sourceOffset,
        long catalogRevision,
        Emission emission) {

    /** Before any record of the partition moved it. */
    public static final long NO_OFFSET = -1;

    /** An aggregate into which nothing has been counted. */
    public static Aggregate open(final AggregateKey key, final Instant periodEnd, final Feature feature) {
        return new Aggregate(
                key,
                periodEnd,
                feature.aggregation(),
                feature.unit(),
                PeriodStatus.OPEN,
                Tally.EMPTY,
                NO_OFFSET,
                feature.revision(),
                Emission.NONE);
    }

    /** Whether nothing was emitted of it: the first change always is, at once. */
    public boolean isNew() {
        return emission.equals(Emission.NONE);
    }

    /** Whether no usage may come any more except late one: the period's end and the grace are over. */
    public boolean isOver(final Instant now, final Duration grace) {
        return !now.isBefore(closesAt(grace));
    }

    /** When the period closes. */
    public Instant closesAt(final Duration grace) {
        return periodEnd.plus(grace);
    }

    /** This aggregate after a record moved it. */
    public Aggregate moved(final Tally newTally, final long offset, final Feature feature) {
        return new Aggregate(key, periodEnd, aggregation, unit, status, newTally, offset, feature.revision(), emission);
    }

    /** This aggregate after one more copy of an event that it has counted. */
    public Aggregate repeated(final long offset) {
        return new Aggregate(
                key, periodEnd, aggregation, unit, status, tally.repeated(), offset, catalogRevision, emission);
    }

    /** This aggregate in another status. */
    public Aggregate with(final PeriodStatus newStatus) {
        return new Aggregate(
                key, periodEnd, aggregation, unit, newStatus, tally, sourceOffset, catalogRevision, emission);
    }

    /** This aggregate with another state of emission. */
    public Aggregate with(final Emission newEmission) {
        return new Aggregate(
                key, periodEnd, aggregation, unit, status, tally, sourceOffset, catalogRevision, newEmission);
    }

    /** This aggregate with its period ending at another time, because the customer's subscription changes then. */
    public Aggregate endingAt(final Instant newEnd) {
        return new Aggregate(key, newEnd, aggregation, unit, status, tally, sourceOffset, catalogRevision, emission);
    }
}
