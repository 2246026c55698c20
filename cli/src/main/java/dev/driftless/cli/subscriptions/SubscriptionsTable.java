package dev.driftless.cli.subscriptions;

import dev.driftless.cli.TextTable;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.domain.period.Period;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Subscriptions as people read them: one line for each term, and the period in which the time lies at the term that cuts
 * it.
 *
 * @param lines the lines of the table
 */
record SubscriptionsTable(List<String> lines) {
    private static final TextTable TABLE = new TextTable(
            List.of("customer", "revision", "in effect", "interval", "anchor", "time zone", "current period (UTC)"),
            Set.of(1));

    /**
     * The table.
     *
     * @param subscriptions valid ones
     * @param now the time
     */
    static SubscriptionsTable of(final List<Subscription> subscriptions, final Instant now) {
        return new SubscriptionsTable(TABLE.lines(subscriptions.stream()
                .flatMap(subscription -> rows(subscription, now).stream())
                .toList()));
    }

    private static List<List<String>> rows(final Subscription subscription, final Instant now) {
        final CustomerTerms customer = CustomerTerms.of(subscription);
        final List<Term> terms = customer.terms().terms();
        final Period current = customer.terms().periodOf(now);
        final List<List<String>> rows = new ArrayList<>();
        if (now.isBefore(terms.get(0).effectiveFrom())) {
            final String until = "until " + terms.get(0).effectiveFrom();
            rows.add(row(subscription, until, PeriodRule.CALENDAR_MONTHS_UTC, shown(current)));
        }
        for (int place = 0; place < terms.size(); place++) {
            final Term term = terms.get(place);
            final boolean isLast = place == terms.size() - 1;
            final boolean holdsNow = !now.isBefore(term.effectiveFrom())
                    && (isLast || now.isBefore(terms.get(place + 1).effectiveFrom()));
            final String inEffect = isLast
                    ? "from " + term.effectiveFrom()
                    : term.effectiveFrom() + " to " + terms.get(place + 1).effectiveFrom();
            rows.add(row(subscription, inEffect, term.rule(), holdsNow ? shown(current) : ""));
        }
        return rows;
    }

    private static List<String> row(
            final Subscription subscription, final String inEffect, final PeriodRule rule, final String current) {
        return List.of(
                Violation.shown(subscription.getCustomerId()),
                Long.toString(subscription.getRevision()),
                inEffect,
                rule.interval().name(),
                rule.anchor().toString(),
                rule.zone().getId(),
                current);
    }

    private static String shown(final Period period) {
        return period.start() + " to " + period.end();
    }
}
