package dev.driftless.streams.topology;

import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.Emission;
import dev.driftless.streams.domain.Emission.LastRecord;
import dev.driftless.streams.topology.flow.Change;
import dev.driftless.streams.topology.flow.Change.AggregateMoved;
import dev.driftless.streams.topology.flow.Change.AggregateOver;
import dev.driftless.streams.topology.flow.Change.EndMoved;
import dev.driftless.streams.topology.flow.Change.TimeMoved;
import dev.driftless.streams.topology.store.AggregateStore;
import dev.driftless.streams.topology.store.Deadlines;
import dev.driftless.streams.topology.store.Deadlines.Action;
import dev.driftless.streams.topology.store.Deadlines.Deadline;
import dev.driftless.streams.topology.store.DistinctValueStore;
import dev.driftless.streams.topology.store.PendingEmissions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Fifth step: keeps the aggregates, emits them, closes them when their period is over and drops them when nothing can
 * change them any more.
 *
 * <p><b>Emission.</b> Each aggregate at most once in an interval of the partition's time, and always its last state. See
 * {@link Emission} for why that goes by the log and not by a clock.
 *
 * <p><b>Closing.</b> A period is over when the partition's time reaches its end plus the grace. At a month's end very many
 * are over at once, so that they are closed a few at a time; whatever touches one before its turn closes it first. What a
 * closing writes does not depend on when its turn comes, so that a rerun of the log writes the same.
 *
 * <p><b>Silence.</b> Where something waits for the time to move and the partition falls silent, a tick is written into it.
 * When the broker has stamped it and it comes back as a record, the partition's time has moved.
 */
final class EmitProcessor implements Processor<Object, Change, Object, Object> {
    /** How often silence is looked for; a look costs nothing to speak of. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    /** How many are closed or dropped at a time: some tens of milliseconds of work. */
    private static final int DEADLINES_AT_A_TIME = 1_000;
    /** How many distinct values are dropped at a time. */
    private static final int VALUES_AT_A_TIME = 10_000;

    private final TopologySettings settings;

    private ProcessorContext<Object, Object> context;
    private AggregateStore aggregates;
    private DistinctValueStore values;
    private PendingEmissions pending;
    private Deadlines deadlines;
    private Instant now;
    private IdleWatch idle;

    EmitProcessor(final TopologySettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.aggregates = StateStores.aggregates(context);
        this.values = StateStores.distinctValues(context);
        this.pending = new PendingEmissions(context.getStateStore(Names.PENDING_STORE));
        this.deadlines = new Deadlines(context.getStateStore(Names.DEADLINE_STORE));
        this.now = PartitionTime.resume(context).now();
        this.idle = new IdleWatch(settings.idleDelay(), now, context.currentSystemTimeMs());
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(final Record<Object, Change> record) {
        final Change change = record.value();
        now = change.now();
        if (change instanceof TimeMoved) {
            idle.timeMoved(now, context.currentSystemTimeMs());
            pending.takeDue(now).forEach(key -> emitOrClose(kept(key)));
            meetDeadlines();
        } else if (change instanceof AggregateMoved moved) {
            if (moved.aggregate().isNew()) {
                addDeadline(moved.aggregate());
            }
            emitOrHold(moved.aggregate());
        } else if (change instanceof AggregateOver over) {
            deadlines.remove(closing(over.aggregate()));
            close(over.aggregate());
        } else if (change instanceof EndMoved moved) {
            deadlines.remove(closing(moved.before()));
            deadlines.add(closing(moved.after()));
            emitOrHold(moved.after());
        }
    }

    private Aggregate kept(final AggregateKey key) {
        return aggregates
                .find(key)
                .orElseThrow(() -> new IllegalStateException("an aggregate that waits is kept: " + key));
    }

    private void emitOrClose(final Aggregate due) {
        if (due.status() == PeriodStatus.OPEN
                && due.isOver(now, settings.closing().grace())) {
            deadlines.remove(closing(due));
            close(due);
        } else {
            emit(due, now);
        }
    }

    private void emitOrHold(final Aggregate aggregate) {
        final Emission emission = aggregate.emission();
        if (emission.isFree(now, settings.emissionInterval())) {
            emission.dueAt().ifPresent(dueAt -> pending.remove(dueAt, aggregate.key()));
            emit(aggregate, now);
        } else if (emission.dueAt().isPresent()) {
            aggregates.put(aggregate);
        } else {
            hold(aggregate, emission.held(settings.emissionInterval()));
        }
    }

    private void hold(final Aggregate aggregate, final Emission held) {
        pending.add(held.dueAt().orElseThrow(), aggregate.key());
        aggregates.put(aggregate.with(held));
    }

    private void emit(final Aggregate aggregate, final Instant at) {
        final Optional<BigDecimal> previous = aggregate.emission().last().map(LastRecord::quantity);
        final Aggregate emitted = aggregate.with(
                aggregate.emission().emitted(at, aggregate.tally().quantity()));
        aggregates.put(emitted);
        final UsageAggregateKey key = BillingRecords.keyOf(emitted);
        final UsageAggregate value =
                BillingRecords.valueOf(emitted, previous, context.taskId().partition());
        context.forward(new Record<>(key, value, at.toEpochMilli()), Names.BILLING_USAGE_SINK);
    }

    private void meetDeadlines() {
        deadlines.takeDue(now, DEADLINES_AT_A_TIME).forEach(deadline -> {
            switch (deadline.action()) {
                case CLOSE -> close(kept(deadline.key()));
                case DROP -> drop(deadline);
            }
        });
    }

    private void close(final Aggregate aggregate) {
        aggregate.emission().dueAt().ifPresent(dueAt -> pending.remove(dueAt, aggregate.key()));
        deadlines.add(dropping(aggregate));
        emit(
                aggregate.with(PeriodStatus.CLOSED),
                aggregate.closesAt(settings.closing().grace()));
    }

    private void drop(final Deadline deadline) {
        if (values.drop(deadline.key(), VALUES_AT_A_TIME)) {
            aggregates.drop(deadline.key());
        } else {
            deadlines.add(deadline);
        }
    }

    private void addDeadline(final Aggregate fresh) {
        deadlines.add(fresh.status() == PeriodStatus.OPEN ? closing(fresh) : dropping(fresh));
    }

    private Deadline closing(final Aggregate aggregate) {
        return new Deadline(aggregate.closesAt(settings.closing().grace()), Action.CLOSE, aggregate.key());
    }

    private Deadline dropping(final Aggregate aggregate) {
        return new Deadline(aggregate.periodEnd().plus(settings.changeableAfterEnd()), Action.DROP, aggregate.key());
    }

    private void look(final long systemTime) {
        meetDeadlines();
        Stream.of(pending.earliest(), deadlines.earliest())
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .flatMap(due -> idle.tickFor(due, systemTime))
                .ifPresent(this::tick);
    }

    private void tick(final Instant expected) {
        context.forward(Ticks.create(context.taskId().partition(), expected.toEpochMilli()), Names.TICK_SINK);
        context.commit();
    }
}
