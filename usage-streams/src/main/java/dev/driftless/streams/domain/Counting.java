package dev.driftless.streams.domain;

import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.aggregation.Accumulation;
import dev.driftless.streams.domain.aggregation.Accumulations;
import dev.driftless.streams.domain.period.Period;
import dev.driftless.streams.domain.period.PeriodCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Counts an admitted event into the aggregate of its period, or takes one back.
 *
 * <p>An event belongs to the period that holds its occurred-at. Once that is over, by the partition's time and not by
 * whether the closing has been written yet, the late policy says where it goes:
 *
 * <ul>
 *   <li>{@code AMEND}: into its own period, whose status is then {@code AMENDED};
 *   <li>{@code NEXT}: into the customer's period that holds the partition's time, which is open;
 *   <li>{@code REJECT}: nowhere.
 * </ul>
 *
 * <p>The period of an aggregate that exists ends when the aggregate says, also if a subscription that came later says
 * otherwise: what is already counted does not move.
 */
public final class Counting {
    private final ClosingRules rules;
    private final Ledger ledger;

    public Counting(final ClosingRules rules, final Ledger ledger) {
        this.rules = rules;
        this.ledger = ledger;
    }

    /** What came of it. */
    public sealed interface Result {
        /** The aggregate has moved. */
        record Moved(Aggregate aggregate) implements Result {}

        /** Nothing has moved. */
        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * An event at its place in the log.
     *
     * @param event the event
     * @param key hash of its customer id and idempotency key
     * @param feature its feature
     * @param now the partition's time
     * @param offset offset of the last record read of the partition
     */
    public record Placed(Event event, KeyHash key, Feature feature, Instant now, long offset) {}

    /** Counts an event. */
    public Result count(final Placed placed, final PeriodCalendar calendar) {
        final Accumulation accumulation = accumulation(placed);
        final Optional<Refusal> refusal = accumulation.judge(placed.event(), placed.feature());
        if (refusal.isPresent()) {
            return new Result.Refused(refusal.get());
        }
        return place(placed, calendar, target -> exact(accumulation.plus(
                        target.tally(), placed.event(), placed.feature(), ledger.values(target.key())))
                .map(quantity -> target.tally().counted(placed.event(), placed.key(), quantity)));
    }

    /** Notes an event that was taken back before it came. */
    public Result noteVoidOnArrival(final Placed placed, final PeriodCalendar calendar) {
        return place(placed, calendar, target -> Optional.of(target.tally().voidOnArrival()));
    }

    /** Refuses the void of an event whose aggregation can't take one back. */
    public Optional<Refusal> judgeVoid(final Feature feature) {
        return Accumulations.of(feature.aggregation()).inverse().isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        RejectionReason.INVALID,
                        "kind 'VOID' must not be used with aggregation " + feature.aggregation() + " of feature '"
                                + feature.code() + "': what the quantity was without one event is not kept"));
    }

    /**
     * Takes back an event that was counted.
     *
     * @param placed the event as it was counted, at the place of its void in the log
     * @param countedInto start of the period into which it was counted
     */
    public Result takeBack(final Placed placed, final PeriodCalendar calendar, final Instant countedInto) {
        final Optional<Refusal> refusal = judgeVoid(placed.feature());
        if (refusal.isPresent()) {
            return new Result.Refused(refusal.get());
        }
        final Accumulation.Inverse inverse = accumulation(placed).inverse().orElseThrow();
        final Optional<Aggregate> counted = ledger.find(placed.feature().aggregateKey(placed.event(), countedInto));
        if (counted.isEmpty()) {
            return periodClosed(placed);
        }
        if (!counted.get().isOver(placed.now(), rules.grace())) {
            return move(placed, counted.get(), false, target -> without(inverse, placed, target)
                    .map(quantity -> target.tally().takenBack(placed.key(), quantity)));
        }
        return switch (rules.latePolicyOf(placed.feature())) {
            case AMEND ->
                move(placed, amendable(counted.get()), true, target -> without(inverse, placed, target)
                        .map(quantity -> target.tally().takenBack(placed.key(), quantity)));
            case NEXT -> takeBackInOpenPeriod(placed, calendar, inverse);
            case REJECT -> periodClosed(placed);
        };
    }

    private Result takeBackInOpenPeriod(
            final Placed placed, final PeriodCalendar calendar, final Accumulation.Inverse inverse) {
        if (placed.feature().uniqueProperty().isPresent()) {
            return periodClosed(placed);
        }
        return move(placed, target(placed, calendar.periodOf(placed.now())), true, target -> without(
                        inverse, placed, target)
                .map(quantity -> target.tally().takenBackFromEarlier(placed.key(), quantity)));
    }

    private Optional<BigDecimal> without(
            final Accumulation.Inverse inverse, final Placed placed, final Aggregate target) {
        return exact(inverse.minus(target.tally(), placed.event(), placed.feature(), ledger.values(target.key())));
    }

    private Result place(
            final Placed placed, final PeriodCalendar calendar, final Function<Aggregate, Optional<Tally>> change) {
        final Aggregate home = target(placed, calendar.periodOf(placed.event().occurredAt()));
        if (!home.isOver(placed.now(), rules.grace())) {
            return move(placed, home, false, change);
        }
        return switch (rules.latePolicyOf(placed.feature())) {
            case AMEND -> move(placed, amendable(home), true, change);
            case NEXT -> move(placed, target(placed, calendar.periodOf(placed.now())), true, change);
            case REJECT -> periodClosed(placed);
        };
    }

    private Aggregate target(final Placed placed, final Period period) {
        final AggregateKey key = placed.feature().aggregateKey(placed.event(), period.start());
        return ledger.find(key).orElseGet(() -> Aggregate.open(key, period.end(), placed.feature()));
    }

    private Aggregate amendable(final Aggregate over) {
        final boolean isOpen = over.status() == PeriodStatus.OPEN && !over.isNew();
        return (isOpen ? ledger.close(over) : over).with(PeriodStatus.AMENDED);
    }

    private Result move(
            final Placed placed,
            final Aggregate target,
            final boolean late,
            final Function<Aggregate, Optional<Tally>> change) {
        if (target.isNew() && !mayOpen(target)) {
            return refused(
                    RejectionReason.INVALID,
                    "properties " + placed.feature().groupBy() + " must not have more than " + rules.groupLimit()
                            + " combinations of values for one customer, feature '"
                            + placed.feature().code() + "' and period");
        }
        return change.apply(target)
                .map(tally -> late ? tally.late() : tally)
                .<Result>map(tally -> new Result.Moved(target.moved(tally, placed.offset(), placed.feature())))
                .orElseGet(() -> overflow(placed, target));
    }

    private boolean mayOpen(final Aggregate aggregate) {
        final AggregateKey key = aggregate.key();
        return key.groups().isEmpty()
                || ledger.groups(key.customerId(), key.feature(), key.periodStart(), rules.groupLimit())
                        < rules.groupLimit();
    }

    private static Accumulation accumulation(final Placed placed) {
        return Accumulations.of(placed.feature().aggregation());
    }

    private static Optional<BigDecimal> exact(final BigDecimal quantity) {
        return Optional.of(quantity).filter(FieldRules::isExactDecimal);
    }

    private static Result periodClosed(final Placed placed) {
        return refused(
                RejectionReason.PERIOD_CLOSED,
                "occurredAt '" + placed.event().occurredAt() + "' must lie in a period that is open at '" + placed.now()
                        + "' for feature '" + placed.feature().code() + "'");
    }

    private static Result overflow(final Placed placed, final Aggregate target) {
        return refused(
                RejectionReason.OVERFLOW,
                "value '" + placed.event().value().toPlainString() + "' must leave the quantity of feature '"
                        + placed.feature().code() + "', now "
                        + target.tally().quantity().toPlainString() + ", within 29 digits before the decimal point");
    }

    private static Result refused(final RejectionReason reason, final String detail) {
        return new Result.Refused(new Refusal(reason, detail));
    }
}
