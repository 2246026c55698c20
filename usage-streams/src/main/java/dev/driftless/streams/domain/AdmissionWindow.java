package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The times that bound which events are admitted and how long their keys are remembered.
 *
 * <p><b>Why no duplicate escapes.</b> Let the first copy arrive at broker time {@code a}; it was admitted, so its
 * occurred-at {@code o <= a + clockSkew}. A retry with the same occurred-at that arrives after the mark has expired
 * comes later than {@code a + dedupWindow >= a + admissibleAge + clockSkew >= o + admissibleAge}: it is older than
 * {@code admissibleAge} and rejected as {@code TOO_OLD}. A retry that arrives earlier finds the mark. This needs
 * {@code dedupWindow >= admissibleAge + clockSkew}, which the constructor enforces, and arrival times that never go
 * back, which is what the partition's clock gives.
 *
 * @param dedupWindow how long after its arrival an event's idempotency key is remembered
 * @param admissibleAge how far an event's occurred-at may lie before its arrival
 * @param clockSkew how far an event's occurred-at may lie after its arrival
 */
public record AdmissionWindow(Duration dedupWindow, Duration admissibleAge, Duration clockSkew) {
    /** 35 days, so that a month's usage can be sent again after the month; 5 minutes of clock skew. */
    public static final AdmissionWindow DEFAULT =
            new AdmissionWindow(Duration.ofDays(35), Duration.ofDays(35).minusMinutes(5), Duration.ofMinutes(5));

    /** @throws IllegalArgumentException if a duration is not positive or the dedup window is too short */
    public AdmissionWindow {
        requirePositive("dedup window", dedupWindow);
        requirePositive("admissible age", admissibleAge);
        requireNonNull(clockSkew);
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("clock skew " + clockSkew + " must not be negative");
        }
        final Duration needed = admissibleAge.plus(clockSkew);
        if (dedupWindow.compareTo(needed) < 0) {
            throw new IllegalArgumentException("dedup window " + dedupWindow + " must be at least admissible age "
                    + admissibleAge + " + clock skew " + clockSkew + " = " + needed
                    + ": otherwise a late retry could be counted twice");
        }
    }

    private static void requirePositive(final String name, final Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " " + duration + " must be positive");
        }
    }
}
