package dev.driftless.cli.subscriptions;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;

/**
 * A customer's billing periods. Two are equal if they give the same periods by the same rules, however their records
 * write the anchor.
 *
 * @param customerId the billing customer
 * @param terms all terms, past ones too
 */
public record CustomerTerms(String customerId, SubscriptionTerms terms) {
    public CustomerTerms {
        requireNonNull(customerId);
        requireNonNull(terms);
    }

    /**
     * The periods that a record gives.
     *
     * @throws IllegalArgumentException if the application can't use it; the message says why
     */
    static CustomerTerms of(final Subscription subscription) {
        return new CustomerTerms(
                subscription.getCustomerId(),
                new SubscriptionTerms(subscription.getTerms().stream()
                        .map(term -> new Term(
                                term.getEffectiveFrom(),
                                PeriodRule.parse(term.getInterval().name(), term.getAnchor(), term.getTimeZone())))
                        .toList()));
    }

    /** The record to be published. */
    Subscription subscription(final long revision) {
        return new Subscription(
                customerId,
                revision,
                terms.terms().stream().map(CustomerTerms::term).toList());
    }

    private static SubscriptionTerm term(final Term term) {
        final PeriodRule rule = term.rule();
        return new SubscriptionTerm(
                term.effectiveFrom(),
                PeriodInterval.valueOf(rule.interval().name()),
                rule.anchor().toString(),
                rule.zone().getId());
    }
}
