package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The aggregates, and which of them an event moves. For use by one thread. */
final class AggregateTable {
    private final SubscriptionTable subscriptions;
    private final RecountSettings.Closing closing;
    private final Map<AggregateName, ExpectedAggregate> aggregates = new HashMap<>();
    /** How many groups there are, by names without groups. */
    private final Map<AggregateName, Integer> groups = new HashMap<>();

    AggregateTable(final SubscriptionTable subscriptions, final RecountSettings.Closing closing) {
        this.subscriptions = requireNonNull(subscriptions);
        this.closing = requireNonNull(closing);
    }

    /** An aggregate that is, or would be the first time that something is counted into it. */
    record Named(AggregateName name, ExpectedAggregate aggregate) {}

    /**
     * Where a change goes.
     *
     * @param isLate whether it came after the period of its event had closed
     * @param isHome whether the target is the aggregate of that period
     */
    record Target(Named named, boolean isLate, boolean isHome) {
        ExpectedAggregate aggregate() {
            return named.aggregate();
        }
    }

    /** The aggregate of the period that holds an instant. */
    Named at(final FeatureTable.Definition feature, final RawEvent event, final long instant, final int partition) {
        final Period period = subscriptions.periodOf(event.customer(), instant);
        final AggregateName name =
                new AggregateName(event.customer(), feature.code(), period.start(), feature.groups(event));
        final ExpectedAggregate known = aggregates.get(name);
        return new Named(name, known == null ? new ExpectedAggregate(feature, period, partition) : known);
    }

    boolean isOver(final ExpectedAggregate aggregate, final long now) {
        return aggregate.isOver(now, closing.grace().toMillis());
    }

    /** Where a change of an aggregate goes at a time; nowhere if the late policy says so. */
    Optional<Target> target(
            final FeatureTable.Definition feature, final RawEvent event, final Named home, final long now) {
        if (!isOver(home.aggregate(), now)) {
            return Optional.of(new Target(home, false, true));
        }
        return switch (feature.latePolicy().orElse(closing.latePolicy())) {
            case "AMEND" -> Optional.of(new Target(home, true, true));
            case "NEXT" ->
                Optional.of(new Target(at(feature, event, now, home.aggregate().partition()), true, false));
            case "REJECT" -> Optional.empty();
            default -> throw new RecountException("late policy '" + feature.latePolicy() + "' cannot be recounted");
        };
    }

    /** Whether an aggregate is there, or may be opened beside the other groups. */
    boolean mayHold(final Named named) {
        return named.name().groups().isEmpty()
                || aggregates.containsKey(named.name())
                || groups.getOrDefault(withoutGroups(named.name()), 0) < closing.groupLimit();
    }

    /** Keeps the target of a change that was made. */
    void moved(final Target target) {
        if (aggregates.put(target.named().name(), target.aggregate()) == null) {
            groups.merge(withoutGroups(target.named().name()), 1, Integer::sum);
        }
        if (target.isLate()) {
            target.aggregate().noteLate(target.isHome());
        }
    }

    private static AggregateName withoutGroups(final AggregateName name) {
        return new AggregateName(name.customer(), name.feature(), name.periodStart());
    }

    Map<AggregateName, ExpectedAggregate> all() {
        return Collections.unmodifiableMap(aggregates);
    }

    /** Decides an aggregate's status, once all of its partition is read. */
    void settle(final ExpectedAggregate aggregate, final long now) {
        aggregate.settle(now, closing.grace().toMillis());
    }
}
