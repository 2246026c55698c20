package dev.driftless.streams.domain;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The cumulative usage of one customer, feature and period. Immutable: each change gives another one.
 *
 * @param key customer, feature, start of the period and groups
 * @param periodEnd first instant after the period
 * @param aggregation how values become the quantity; fixed when the aggregate is opened
 * @param unit what a quantity of 1 is; fixed when the aggregate is opened
 * @param uniqueProperty the property whose distinct values are counted, for UNIQUE; fixed when the aggregate is opened
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
        Optional<String> uniqueProperty,
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
                feature.uniqueProperty(),
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

    /**
     * Whether no usage may come any more except late one: the period's end and the grace are over. What was closed stays
     * so, also if the grace is set longer later.
     */
    public boolean isOver(final Instant now, final Duration grace) {
        return status != PeriodStatus.OPEN || !now.isBefore(closesAt(grace));
    }

    /** When the period closes. */
    public Instant closesAt(final Duration grace) {
        return periodEnd.plus(grace);
    }

    /** This aggregate after a record moved it. */
    public Aggregate moved(final Tally newTally, final long offset, final Feature feature) {
        return copy(periodEnd, status, newTally, offset, feature.revision(), emission);
    }

    /** This aggregate after one more copy of an event that it has counted. */
    public Aggregate repeated(final long offset) {
        return copy(periodEnd, status, tally.repeated(), offset, catalogRevision, emission);
    }

    /** This aggregate, whose last change came after its own period had closed. */
    public Aggregate late() {
        return copy(periodEnd, status, tally.late(), sourceOffset, catalogRevision, emission);
    }

    /** This aggregate in another status. */
    public Aggregate with(final PeriodStatus newStatus) {
        return copy(periodEnd, newStatus, tally, sourceOffset, catalogRevision, emission);
    }

    /** This aggregate with another state of emission. */
    public Aggregate with(final Emission newEmission) {
        return copy(periodEnd, status, tally, sourceOffset, catalogRevision, newEmission);
    }

    /** This aggregate with its period ending at another time, because the customer's subscription changes then. */
    public Aggregate endingAt(final Instant newEnd) {
        return copy(newEnd, status, tally, sourceOffset, catalogRevision, emission);
    }

    private Aggregate copy(
            final Instant newEnd,
            final PeriodStatus newStatus,
            final Tally newTally,
            final long newOffset,
            final long newCatalogRevision,
            final Emission newEmission) {
        return new Aggregate(
                key,
                newEnd,
                aggregation,
                unit,
                uniqueProperty,
                newStatus,
                newTally,
                newOffset,
                newCatalogRevision,
                newEmission);
    }
}
