package dev.driftless.streams.topology;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.ContentFingerprint;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.domain.counting.Counting;
import dev.driftless.streams.domain.counting.Counting.Placed;
import dev.driftless.streams.domain.counting.Counting.Result;
import dev.driftless.streams.domain.period.PeriodCalendar;
import dev.driftless.streams.topology.flow.Admitted;
import dev.driftless.streams.topology.flow.Change;
import dev.driftless.streams.topology.flow.Change.AggregateMoved;
import dev.driftless.streams.topology.flow.Change.AggregateOver;
import dev.driftless.streams.topology.flow.Countable;
import dev.driftless.streams.topology.flow.Countable.First;
import dev.driftless.streams.topology.flow.Countable.Repeat;
import dev.driftless.streams.topology.flow.Input;
import dev.driftless.streams.topology.flow.Outcome;
import dev.driftless.streams.topology.flow.Outcome.Counted;
import dev.driftless.streams.topology.flow.Outcome.Duplicate;
import dev.driftless.streams.topology.flow.Outcome.Rejected;
import dev.driftless.streams.topology.store.AggregateStore;
import dev.driftless.streams.topology.store.Catalog;
import dev.driftless.streams.topology.store.DedupMarks;
import dev.driftless.streams.topology.store.Subscriptions;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Fourth step: counts a new event into its aggregate, takes back the one that a void names, or notes one more copy of a
 * counted event, and marks the keys. The aggregate's new state is kept by the {@link EmitProcessor}, together with what it
 * decides about its emission.
 */
final class AggregateProcessor implements Processor<Object, Countable, Object, Object> {
    private final TopologySettings settings;
    private final SchemaRegistryClient registry;

    private ProcessorContext<Object, Object> context;
    private AggregateStore aggregates;
    private Counting counting;
    private DedupMarks marks;
    private Catalog catalog;
    private Subscriptions subscriptions;
    /** Time of the record at hand. */
    private long timestamp;

    private Instant now;

    AggregateProcessor(final TopologySettings settings, final SchemaRegistryClient registry) {
        this.settings = settings;
        this.registry = registry;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.aggregates = StateStores.aggregates(context);
        this.counting = new Counting(
                settings.closing(), new PartitionLedger(aggregates, StateStores.distinctValues(context), this::close));
        this.marks = StateStores.dedupMarks(context, settings);
        this.catalog = StateStores.catalog(context, registry);
        this.subscriptions = StateStores.subscriptions(context, registry);
    }

    @Override
    public void process(final Record<Object, Countable> record) {
        final Countable countable = record.value();
        timestamp = record.timestamp();
        now = countable.admitted().input().now();
        if (countable instanceof Repeat repeat) {
            noteCopy(repeat);
        } else if (countable instanceof First first) {
            if (first.admitted().event().kind() == UsageKind.VOID) {
                takeBack(first);
            } else {
                count(first);
            }
        }
    }

    private void count(final First first) {
        final Admitted admitted = first.admitted();
        final Placed placed = placed(admitted, admitted.event(), admitted.keyHash(), first.feature());
        final PeriodCalendar calendar =
                subscriptions.calendarOf(admitted.event().customerId());
        final Result result =
                first.isVoidAhead() ? counting.noteVoidOnArrival(placed, calendar) : counting.count(placed, calendar);
        settle(
                admitted,
                result,
                moved -> marks.put(
                        admitted.keyHash(),
                        mark(
                                first.isVoidAhead() ? Mark.State.TAKEN_BACK : Mark.State.COUNTED,
                                admitted,
                                moved.key().periodStart(),
                                moved.key().grouping())));
    }

    private void takeBack(final First first) {
        final Admitted admitted = first.admitted();
        final String voidedKey = admitted.event().voidedKey().orElseThrow();
        final KeyHash target = KeyHash.of(admitted.event().customerId(), voidedKey);
        final Optional<Mark> mark = marks.find(target, now);
        if (mark.isEmpty()) {
            takeBackAhead(first, target);
            return;
        }
        switch (mark.get().state()) {
            case COUNTED -> takeBackCounted(first, target, mark.get());
            case TAKEN_BACK, VOID_AHEAD -> settle(new Duplicate(admitted.input()));
            case VOID ->
                reject(
                        admitted,
                        new Refusal(RejectionReason.INVALID, "voidedKey '" + voidedKey + "' must not name a void"));
        }
    }

    private void takeBackAhead(final First first, final KeyHash target) {
        final Admitted admitted = first.admitted();
        final Optional<Refusal> refusal = counting.judgeVoid(first.feature());
        if (refusal.isPresent()) {
            reject(admitted, refusal.get());
            return;
        }
        marks.put(target, mark(Mark.State.VOID_AHEAD, admitted, Instant.EPOCH, 0));
        marks.put(admitted.keyHash(), mark(Mark.State.VOID, admitted, Instant.EPOCH, 0));
        settle(new Counted(admitted.input()));
    }

    private void takeBackCounted(final First first, final KeyHash target, final Mark mark) {
        final Admitted admitted = first.admitted();
        final Event counted = admitted.event().asCounted(mark.value());
        if (ContentFingerprint.of(counted) != mark.contentFingerprint()) {
            reject(admitted, notTheSame(admitted.event(), mark));
            return;
        }
        final Result result = counting.takeBack(
                placed(admitted, counted, target, first.feature()),
                subscriptions.calendarOf(counted.customerId()),
                mark);
        settle(admitted, result, moved -> {
            marks.put(target, mark.with(Mark.State.TAKEN_BACK));
            marks.put(
                    admitted.keyHash(),
                    mark(
                            Mark.State.VOID,
                            admitted,
                            moved.key().periodStart(),
                            moved.key().grouping()));
        });
    }

    private void noteCopy(final Repeat repeat) {
        final Admitted admitted = repeat.admitted();
        marks.put(admitted.keyHash(), repeat.mark().repeated());
        if (repeat.mark().state() == Mark.State.COUNTED) {
            final Event event = admitted.event();
            counting.countedInto(event, repeat.mark(), catalog.find(event.feature()))
                    .filter(aggregate ->
                            !aggregate.isOver(now, settings.closing().grace()))
                    .ifPresent(aggregate ->
                            forward(new AggregateMoved(aggregate.repeated(offset(admitted.input())), now), Names.EMIT));
        }
        settle(new Duplicate(admitted.input()));
    }

    private Aggregate close(final Aggregate over) {
        forward(new AggregateOver(over, now), Names.EMIT);
        return aggregates
                .find(over.key())
                .orElseThrow(() -> new IllegalStateException("a closed aggregate is kept: " + over.key()));
    }

    private void settle(final Admitted admitted, final Result result, final OnMoved marking) {
        if (result instanceof Result.Moved moved) {
            marking.mark(moved.aggregate());
            forward(new AggregateMoved(moved.aggregate(), now), Names.EMIT);
            settle(new Counted(admitted.input()));
        } else if (result instanceof Result.Refused refused) {
            reject(admitted, refused.refusal());
        }
    }

    private void reject(final Admitted admitted, final Refusal refusal) {
        settle(new Rejected(admitted.input(), Optional.of(admitted.event()), refusal));
    }

    private void settle(final Outcome outcome) {
        context.forward(new Record<>(null, outcome, timestamp), Names.SETTLE);
    }

    private void forward(final Change change, final String child) {
        context.forward(new Record<>(null, change, timestamp), child);
    }

    private Placed placed(final Admitted admitted, final Event event, final KeyHash key, final Feature feature) {
        return new Placed(event, key, feature, now, offset(admitted.input()));
    }

    private static long offset(final Input input) {
        return input.readTo().orElse(Aggregate.NO_OFFSET);
    }

    private static Mark mark(
            final Mark.State state, final Admitted admitted, final Instant periodStart, final int grouping) {
        final Input input = admitted.input();
        final BigDecimal value = admitted.event().value();
        return new Mark(
                state, admitted.contentFingerprint(), input.origin(), input.now(), periodStart, grouping, value);
    }

    private static Refusal notTheSame(final Event event, final Mark mark) {
        return new Refusal(
                RejectionReason.INVALID,
                "feature '" + event.feature() + "' and properties " + event.properties()
                        + " must be those of the event '" + event.voidedKey().orElseThrow() + "' at partition "
                        + mark.origin().partition() + ", offset "
                        + mark.origin().offset());
    }

    /** Marks the keys of what has moved an aggregate. */
    @FunctionalInterface
    private interface OnMoved {
        void mark(Aggregate moved);
    }
}
