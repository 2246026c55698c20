package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.UsageKind;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What is remembered of an idempotency key for the length of the dedup window.
 *
 * @param state what the key was used for
 * @param contentFingerprint fingerprint of the event's content, see {@link ContentFingerprint}
 * @param origin where the first copy stands
 * @param arrivedAt the partition's time when it was counted
 * @param periodStart start of the period into which it was counted
 * @param grouping by which properties its aggregate is grouped, see {@link AggregateKey#grouping()}
 * @param value its value, so that it can be taken back
 * @param copies how many more copies of it have come since, at least 0
 */
public record Mark(
        State state,
        long contentFingerprint,
        SourcePosition origin,
        Instant arrivedAt,
        Instant periodStart,
        int grouping,
        BigDecimal value,
        long copies) {

    /** What is remembered of a key of which no other copy has come. */
    public Mark(
            final State state,
            final long contentFingerprint,
            final SourcePosition origin,
            final Instant arrivedAt,
            final Instant periodStart,
            final int grouping,
            final BigDecimal value) {
        this(state, contentFingerprint, origin, arrivedAt, periodStart, grouping, value, 0);
    }

    public Mark {
        requireNonNull(state);
        requireNonNull(origin);
        requireNonNull(arrivedAt);
        requireNonNull(periodStart);
        requireNonNull(value);
    }

    /** What a key was used for. */
    public enum State {
        /** Usage that counts. */
        COUNTED,
        /** Usage that was counted and then taken back, or that was void on arrival. */
        TAKEN_BACK,
        /** Usage that has not come yet, and will be void when it does; fingerprint, origin and value are the void's. */
        VOID_AHEAD,
        /** A void. */
        VOID
    }

    /** Whether this is the event that was taken back before it came: the void must have named its feature and properties. */
    public boolean awaits(final Event event) {
        return state == State.VOID_AHEAD
                && event.kind() == UsageKind.USAGE
                && ContentFingerprint.of(event.asVoided(value)) == contentFingerprint;
    }

    /** This mark in another state. */
    public Mark with(final State newState) {
        return new Mark(newState, contentFingerprint, origin, arrivedAt, periodStart, grouping, value, copies);
    }

    /** This mark after one more copy; the arrival stays the first one's, so that a copy does not lengthen the window. */
    public Mark repeated() {
        return new Mark(state, contentFingerprint, origin, arrivedAt, periodStart, grouping, value, copies + 1);
    }
}
