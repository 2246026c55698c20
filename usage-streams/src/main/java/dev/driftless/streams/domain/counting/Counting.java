package dev.driftless.streams.domain.counting;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.domain.Tally;
import dev.driftless.streams.domain.aggregation.Accumulation;
import dev.driftless.streams.domain.aggregation.Accumulation.Inverse;
import dev.driftless.streams.domain.aggregation.Accumulations;
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
 * <p>How values become the quantity is fixed for an aggregate when it is opened: a catalog that says otherwise later holds
 * from the next period on.
 */
public final class Counting {
    private final Ledger ledger;
    private final Placement placement;

    public Counting(final ClosingRules rules, final Ledger ledger) {
        this.ledger = ledger;
        this.placement = new Placement(rules, ledger);
    }

    /** What came of it. */
    public sealed interface Result {
        /** The aggregate has moved. */
        record Moved(Aggregate aggregate) implements Result {}

        /** Nothing has moved. */
        record Refused(Refusal refusal) implements Result {}

        /** Nothing has moved, for this reason. */
        static Result refused(final RejectionReason reason, final String detail) {
            return new Refused(new Refusal(reason, detail));
        }
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
        return move(placed, calendar, target -> counted(placed, target));
    }

    /** Notes an event that was taken back before it came. */
    public Result noteVoidOnArrival(final Placed placed, final PeriodCalendar calendar) {
        return move(placed, calendar, target -> Accumulations.of(target.aggregation())
                .judge(placed.event(), target)
                .<Result>map(Result.Refused::new)
                .orElseGet(() -> moved(placed, target, target.tally().voidOnArrival())));
    }

    /** Refuses the void of an event that has not come yet and whose aggregation can't take one back. */
    public Optional<Refusal> judgeVoid(final Feature feature) {
        return judgeVoid(feature.code(), feature.aggregation());
    }

    /**
     * The aggregate into which an event was counted; nothing once it is dropped.
     *
     * @param feature the event's feature as it is now; nothing if the catalog no longer has it
     */
    public Optional<Aggregate> countedInto(final Event event, final Mark mark, final Optional<Feature> feature) {
        return placement.countedInto(event, mark, feature);
    }

    /**
     * Takes back an event that was counted.
     *
     * @param placed the event as it was counted, at the place of its void in the log
     * @param mark what is remembered of it
     */
    public Result takeBack(final Placed placed, final PeriodCalendar calendar, final Mark mark) {
        final Optional<Aggregate> home = countedInto(placed.event(), mark, Optional.of(placed.feature()));
        final Refusal closed = closedForVoid(placed, mark);
        if (home.isEmpty()) {
            return new Result.Refused(closed);
        }
        final Optional<Refusal> refusal =
                judgeVoid(placed.feature().code(), home.get().aggregation());
        return refusal.<Result>map(Result.Refused::new)
                .orElseGet(() -> placement.move(
                        placed,
                        calendar,
                        home.get(),
                        target -> takenBack(placed, target),
                        target -> takenBackFrom(home.get(), placed, target, closed),
                        closed));
    }

    private Result move(final Placed placed, final PeriodCalendar calendar, final Placement.Step step) {
        return placement.move(placed, calendar, placement.home(placed, calendar), step, step, closed(placed));
    }

    private Result counted(final Placed placed, final Aggregate target) {
        final Accumulation accumulation = Accumulations.of(target.aggregation());
        return accumulation
                .judge(placed.event(), target)
                .<Result>map(Result.Refused::new)
                .orElseGet(() -> exactly(
                        placed,
                        target,
                        accumulation.plus(target, placed.event(), ledger.values(target.key())),
                        quantity -> target.tally().counted(placed.event(), placed.key(), quantity)));
    }

    private Result takenBack(final Placed placed, final Aggregate target) {
        return exactly(placed, target, without(placed, target), quantity -> target.tally()
                .takenBack(placed.key(), quantity));
    }

    private Result takenBackFrom(
            final Aggregate earlier, final Placed placed, final Aggregate next, final Refusal closed) {
        final boolean isSame = earlier.key().equals(next.key());
        if (isSame) {
            return takenBack(placed, next);
        }
        final boolean isPossible = earlier.aggregation() == next.aggregation()
                && Accumulations.of(next.aggregation()).isAdditive();
        return isPossible
                ? exactly(placed, next, without(placed, next), quantity -> next.tally()
                        .takenBackFromEarlier(placed.key(), quantity))
                : new Result.Refused(closed);
    }

    private BigDecimal without(final Placed placed, final Aggregate target) {
        final Inverse inverse = Accumulations.of(target.aggregation()).inverse().orElseThrow();
        return inverse.minus(target, placed.event(), ledger.values(target.key()));
    }

    private static Optional<Refusal> judgeVoid(final String code, final Aggregation aggregation) {
        return Accumulations.of(aggregation).inverse().isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        RejectionReason.INVALID,
                        "kind 'VOID' must not be used with aggregation " + aggregation + " of feature '" + code
                                + "': what the quantity was without one event is not kept"));
    }

    private static Refusal closed(final Placed placed) {
        return new Refusal(
                RejectionReason.PERIOD_CLOSED,
                "occurredAt '" + placed.event().occurredAt() + "' must lie in a period that is open at '" + placed.now()
                        + "' for feature '" + placed.feature().code() + "'");
    }

    private static Refusal closedForVoid(final Placed placed, final Mark mark) {
        return new Refusal(
                RejectionReason.PERIOD_CLOSED,
                "voidedKey '" + placed.event().idempotencyKey() + "' must name an event of a period that is open at '"
                        + placed.now() + "' for feature '" + placed.feature().code()
                        + "'; it was counted into the one that starts at '" + mark.periodStart() + "'");
    }

    private static Result exactly(
            final Placed placed,
            final Aggregate target,
            final BigDecimal quantity,
            final Function<BigDecimal, Tally> tally) {
        return FieldRules.isExactDecimal(quantity)
                ? moved(placed, target, tally.apply(quantity))
                : overflow(placed, target);
    }

    private static Result moved(final Placed placed, final Aggregate target, final Tally tally) {
        return new Result.Moved(target.moved(tally, placed.offset(), placed.feature()));
    }

    private static Result overflow(final Placed placed, final Aggregate target) {
        return Result.refused(
                RejectionReason.OVERFLOW,
                "value '" + placed.event().value().toPlainString() + "' must leave the quantity of feature '"
                        + placed.feature().code() + "', now "
                        + target.tally().quantity().toPlainString() + ", within 29 digits before the decimal point");
    }
}
