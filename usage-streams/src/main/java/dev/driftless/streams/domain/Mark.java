package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

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
 * @param value its value, so that it can be taken back
 */
public record Mark(
        State state,
        long contentFingerprint,
        SourcePosition origin,
        Instant arrivedAt,
        Instant periodStart,
        BigDecimal value) {

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
        /** Usage that has not come yet, and will be void when it does. */
        VOID_AHEAD,
        /** A void. */
        VOID
    }

    /** This mark in another state. */
    public Mark with(final State newState) {
        return new Mark(newState, contentFingerprint, origin, arrivedAt, periodStart, value);
    }
}
