package dev.driftless.cli.subscriptions;

import dev.driftless.cli.file.Problem;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds changes of a customer's terms that take effect before now: a term added, taken away or altered that starts before
 * it. They never move what is already counted, so that events of one stretch of time end up in periods of two kinds,
 * those counted before the change and those after it. A customer's first term is such a change, too, for calendar months
 * in UTC applied before.
 */
final class RetroactiveChanges {
    private RetroactiveChanges() {}

    /**
     * The changes.
     *
     * @param wanted the customer as wanted
     * @param published the customer as published
     * @param now where the past ends; what starts at it is not past
     */
    static List<Problem> of(final CustomerTerms wanted, final Optional<CustomerTerms> published, final Instant now) {
        final Map<Instant, PeriodRule> before =
                published.map(RetroactiveChanges::rules).orElseGet(Map::of);
        final Map<Instant, PeriodRule> after = rules(wanted);
        final TreeSet<Instant> starts = new TreeSet<>(before.keySet());
        starts.addAll(after.keySet());
        return starts.headSet(now).stream()
                .filter(from -> !Objects.equals(before.get(from), after.get(from)))
                .map(from -> new Problem(
                        Violation.shown(wanted.customerId()),
                        "from",
                        "'" + from + "' lies before now, " + now + ", and "
                                + difference(
                                        Optional.ofNullable(before.get(from)), Optional.ofNullable(after.get(from)))))
                .toList();
    }

    private static Map<Instant, PeriodRule> rules(final CustomerTerms customer) {
        return customer.terms().terms().stream()
                .collect(Collectors.toMap(Term::effectiveFrom, Term::rule, (one, other) -> one, TreeMap::new));
    }

    private static String difference(final Optional<PeriodRule> before, final Optional<PeriodRule> after) {
        if (before.isEmpty()) {
            return "is new";
        }
        return after.isEmpty()
                ? "is published but not in the file (" + shown(before.get()) + ")"
                : "is published otherwise (" + shown(before.get()) + ")";
    }

    private static String shown(final PeriodRule rule) {
        return rule.interval() + ", anchor " + rule.anchor() + ", " + rule.zone();
    }
}
