package dev.driftless.streams.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What has been counted into one aggregate. Immutable: each change gives another one.
 *
 * @param quantity exact
 * @param eventCount events counted and not taken back
 * @param duplicateCount copies of counted events that were not billed
 * @param lateCount counted events that arrived after their own period had closed
 * @param voidCount events taken back
 * @param firstOccurredAt earliest occurred-at counted, of events taken back since then too
 * @param lastOccurredAt latest occurred-at counted, of events taken back since then too
 * @param countedKeys digest of the keys counted and not taken back
 */
public record Tally(
        BigDecimal quantity,
        long eventCount,
        long duplicateCount,
        long lateCount,
        long voidCount,
        Optional<Instant> firstOccurredAt,
        Optional<Instant> lastOccurredAt,
        CountedKeysDigest countedKeys) {
    /** Nothing counted. */
    public static final Tally EMPTY =
            new Tally(BigDecimal.ZERO, 0, 0, 0, 0, Optional.empty(), Optional.empty(), CountedKeysDigest.EMPTY);

    /** One more event, which makes this the quantity. */
    public Tally counted(final Event event, final KeyHash key, final BigDecimal newQuantity) {
        return new Tally(
                newQuantity,
                eventCount + 1,
                duplicateCount,
                lateCount,
                voidCount,
                Optional.of(firstOccurredAt
                        .filter(first -> first.isBefore(event.occurredAt()))
                        .orElse(event.occurredAt())),
                Optional.of(lastOccurredAt
                        .filter(last -> last.isAfter(event.occurredAt()))
                        .orElse(event.occurredAt())),
                countedKeys.plus(key));
    }

    /** One event that was counted here is taken back, which makes this the quantity. */
    public Tally takenBack(final KeyHash key, final BigDecimal newQuantity) {
        return new Tally(
                newQuantity,
                eventCount - 1,
                duplicateCount,
                lateCount,
                voidCount + 1,
                firstOccurredAt,
                lastOccurredAt,
                countedKeys.minus(key));
    }

    /** One event that was counted in an earlier, closed period is taken back here, which makes this the quantity. */
    public Tally takenBackFromEarlier(final KeyHash key, final BigDecimal newQuantity) {
        return new Tally(
                newQuantity,
                eventCount,
                duplicateCount,
                lateCount,
                voidCount + 1,
                firstOccurredAt,
                lastOccurredAt,
                countedKeys.minus(key));
    }

    /** One event whose void came before it. */
    public Tally voidOnArrival() {
        return new Tally(
                quantity,
                eventCount,
                duplicateCount,
                lateCount,
                voidCount + 1,
                firstOccurredAt,
                lastOccurredAt,
                countedKeys);
    }

    /** One more copy of a counted event. */
    public Tally repeated() {
        return new Tally(
                quantity,
                eventCount,
                duplicateCount + 1,
                lateCount,
                voidCount,
                firstOccurredAt,
                lastOccurredAt,
                countedKeys);
    }

    /** The last change came after its own period had closed. */
    public Tally late() {
        return new Tally(
                quantity,
                eventCount,
                duplicateCount,
                lateCount + 1,
                voidCount,
                firstOccurredAt,
                lastOccurredAt,
                countedKeys);
    }
}
