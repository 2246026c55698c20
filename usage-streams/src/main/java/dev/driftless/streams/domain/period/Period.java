package dev.driftless.streams.domain.period;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A billing period: all instants from {@code start}, inclusive, to {@code end}, exclusive. It is never empty, and both
 * bounds are whole milliseconds, so that the records which carry them hold them exactly.
 *
 * @param start first instant of the period
 * @param end first instant after the period
 */
public record Period(Instant start, Instant end) {

    /** @throws IllegalArgumentException if {@code end} is not later than {@code start}, or one is not a whole millisecond */
    public Period {
        Timeline.requireWholeMillis("start", requireNonNull(start));
        Timeline.requireWholeMillis("end", requireNonNull(end));
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("end " + end + " must be later than start " + start);
        }
    }

    /** Whether the instant is in the period. */
    public boolean contains(final Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    /**
     * The part of this period that is not before {@code earliest}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Period from(final Instant earliest) {
        return earliest.isAfter(start) ? new Period(earliest, end) : this;
    }

    /**
     * The part of this period that is before {@code limit}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Period until(final Instant limit) {
        return limit.isBefore(end) ? new Period(start, limit) : this;
    }
}
