package dev.driftless.streams.domain.counting;

import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.domain.counting.Counting.Placed;
import dev.driftless.streams.domain.counting.Counting.Result;
import dev.driftless.streams.domain.period.Period;
import dev.driftless.streams.domain.period.PeriodCalendar;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which aggregate an event moves, and in which status.
 *
 * <p>The period of an aggregate that exists ends when the aggregate says, also if a subscription that came later says
 * otherwise: what is already counted does not move, and what is over is not opened again.
 */
final class Placement {
    private final ClosingRules rules;
    private final Ledger ledger;

    Placement(final ClosingRules rules, final Ledger ledger) {
        this.rules = rules;
        this.ledger = ledger;
    }

    /** What a change makes of the aggregate that it moves; called once at most, and not where the event is refused. */
    @FunctionalInterface
    interface Step extends Function<Aggregate, Result> {}

    /** The aggregate of the period that holds the event's occurred-at, opened if there is none. */
    Aggregate home(final Placed placed, final PeriodCalendar calendar) {
        return target(placed, calendar.periodOf(placed.event().occurredAt()));
    }

    /**
     * The aggregate into which an event was counted. It is found at once where the definition still groups as it did; one
     * that groups otherwise since then, or is gone, does not hide it.
     */
    Optional<Aggregate> countedInto(final Event event, final Mark mark, final Optional<Feature> feature) {
        return feature.map(known -> known.aggregateKey(event, mark.periodStart()))
                .filter(key -> key.grouping() == mark.grouping())
                .map(ledger::find)
                .orElseGet(() -> search(event, mark));
    }

    private Optional<Aggregate> search(final Event event, final Mark mark) {
        return ledger.ofPeriod(event.customerId(), event.feature(), mark.periodStart()).stream()
                .filter(aggregate -> aggregate.key().grouping() == mark.grouping())
                .filter(aggregate -> aggregate.key().holds(event.properties()))
                .findFirst();
    }

    /**
     * Moves an aggregate, or where it is over, the one that the late policy says.
     *
     * @param home the aggregate
     * @param here how it moves
     * @param inNext how the open period moves in its place
     * @param closed the refusal where nothing may move
     */
    Result move(
            final Placed placed,
            final PeriodCalendar calendar,
            final Aggregate home,
            final Step here,
            final Step inNext,
            final Refusal closed) {
        if (!isOver(home, placed)) {
            return move(placed, home, here);
        }
        return switch (rules.latePolicyOf(placed.feature())) {
            case AMEND -> late(move(placed, amendable(home), here));
            case NEXT -> late(moveNext(placed, target(placed, calendar.periodOf(placed.now())), inNext));
            case REJECT -> new Result.Refused(closed);
        };
    }

    private Result moveNext(final Placed placed, final Aggregate next, final Step step) {
        // A subscription that came later can lengthen a period of which the aggregate is over already.
        return move(placed, isOver(next, placed) ? amendable(next) : next, step);
    }

    private Aggregate target(final Placed placed, final Period period) {
        final AggregateKey key = placed.feature().aggregateKey(placed.event(), period.start());
        return ledger.find(key).orElseGet(() -> Aggregate.open(key, period.end(), placed.feature()));
    }

    private boolean isOver(final Aggregate aggregate, final Placed placed) {
        return aggregate.isOver(placed.now(), rules.grace());
    }

    private Aggregate amendable(final Aggregate over) {
        final boolean isOpen = over.status() == PeriodStatus.OPEN && !over.isNew();
        return (isOpen ? ledger.close(over) : over).with(PeriodStatus.AMENDED);
    }

    private Result move(final Placed placed, final Aggregate target, final Step step) {
        return target.isNew() && !mayOpen(target) ? tooManyGroups(placed) : step.apply(target);
    }

    private static Result late(final Result result) {
        return result instanceof Result.Moved moved
                ? new Result.Moved(moved.aggregate().late())
                : result;
    }

    private boolean mayOpen(final Aggregate aggregate) {
        final AggregateKey key = aggregate.key();
        return key.groups().isEmpty()
                || ledger.groups(key.customerId(), key.feature(), key.periodStart(), rules.groupLimit())
                        < rules.groupLimit();
    }

    private Result tooManyGroups(final Placed placed) {
        return Result.refused(
                RejectionReason.INVALID,
                "properties " + placed.feature().groupBy() + " must not have more than " + rules.groupLimit()
                        + " combinations of values for one customer, feature '"
                        + placed.feature().code() + "' and period");
    }
}
