package dev.driftless.streams.domain.period;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * The periods of one customer whose rule changes in time. Each term places instants from its {@code effectiveFrom} until
 * that of the next one, calendar months in UTC those before the first. A period is clipped to the term that cuts it, so
 * that the periods of a customer tile the time line across changes too: one in progress at a change ends there, and the
 * next one, possibly short, starts there.
 *
 * @param terms the terms, strictly ascending by {@code effectiveFrom}, at least one
 */
public record SubscriptionTerms(List<Term> terms) implements PeriodCalendar {

    /**
     * A rule and when it comes into effect.
     *
     * @param effectiveFrom first instant that the rule places; in the years 1970 to 9999, UTC, in whole milliseconds
     * @param rule how periods are cut from then on; its anchor may lie before or after that instant
     */
    public record Term(Instant effectiveFrom, PeriodRule rule) {
        /** @throws IllegalArgumentException if {@code effectiveFrom} is out of these years or not in whole milliseconds */
        public Term {
            Timeline.requireWithin("effectiveFrom", requireNonNull(effectiveFrom));
            Timeline.requireWholeMillis("effectiveFrom", effectiveFrom);
            requireNonNull(rule);
        }
    }

    /** @throws IllegalArgumentException if there is no term, or they are not strictly ascending */
    public SubscriptionTerms {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("terms [] must hold at least one term");
        }
        for (int i = 1; i < terms.size(); i++) {
            requireAscending(terms, i);
        }
    }

    @Override
    public Period periodOf(final Instant instant) {
        int next = terms.size();
        while (next > 0 && instant.isBefore(terms.get(next - 1).effectiveFrom())) {
            next--;
        }
        final Period period = next == 0
                ? PeriodRule.CALENDAR_MONTHS_UTC.periodOf(instant)
                : periodInTerm(terms.get(next - 1), instant);
        return next == terms.size() ? period : period.until(terms.get(next).effectiveFrom());
    }

    private static Period periodInTerm(final Term term, final Instant instant) {
        return term.rule().periodOf(instant).from(term.effectiveFrom());
    }

    private static void requireAscending(final List<Term> terms, final int index) {
        final Instant previous = terms.get(index - 1).effectiveFrom();
        final Instant current = terms.get(index).effectiveFrom();
        if (!current.isAfter(previous)) {
            throw new IllegalArgumentException("terms[" + index + "].effectiveFrom " + current
                    + " must be later than terms[" + (index - 1) + "].effectiveFrom " + previous);
        }
    }
}
