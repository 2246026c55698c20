package dev.driftless.streams.domain.period;

import java.time.Instant;

/**
 * Cuts the time line into periods. They tile it: the end of one is the start of the next, none is empty, and each
 * instant is in exactly one. The answer depends on the instant and the calendar alone.
 */
public sealed interface PeriodCalendar permits PeriodRule, SubscriptionTerms {

    /**
     * The period that holds the instant.
     *
     * @param instant an instant of the years 1970 to 9999, UTC
     * @return the period; the first and the last one may reach beyond these years
     * @throws IllegalArgumentException if the instant is outside of these years
     */
    Period periodOf(Instant instant);
}
