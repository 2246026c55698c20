package dev.driftless.streams.topology;

import dev.driftless.schemas.PeriodStatus;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.period.Period;
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
import dev.driftless.streams.topology.store.Subscriptions;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
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
    /** How many distinct values are dropped at a time, of all aggregates together. */
    private static final int VALUES_AT_A_TIME = 10_000;

    private final TopologySettings settings;
    private final SchemaRegistryClient registry;

    private ProcessorContext<Object, Object> context;
    private AggregateStore aggregates;
    private DistinctValueStore values;
    private Emissions emissions;
    private Deadlines deadlines;
    private Subscriptions subscriptions;
    private Instant now;
    private IdleWatch idle;

    EmitProcessor(final TopologySettings settings, final SchemaRegistryClient registry) {
        this.settings = settings;
        this.registry = registry;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.aggregates = StateStores.aggregates(context);
        this.values = StateStores.distinctValues(context);
        this.emissions = new Emissions(context, settings.emissionInterval());
        this.subscriptions = StateStores.subscriptions(context, registry);
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
            emissions.takeDue(now).forEach(this::emitOrClose);
            meetDeadlines();
        } else if (change instanceof AggregateMoved moved) {
            if (moved.aggregate().isNew()) {
                addDeadline(moved.aggregate());
            }
            emissions.emitOrHold(moved.aggregate(), now);
        } else if (change instanceof AggregateOver over) {
            closeBeforeItsTurn(over.aggregate());
        } else if (change instanceof EndMoved moved) {
            deadlines.remove(closing(moved.before()));
            deadlines.add(closing(moved.after()));
            emissions.emitOrHold(moved.after(), now);
        }
    }

    private void emitOrClose(final Aggregate due) {
        if (isToBeClosed(due)) {
            closeBeforeItsTurn(due);
        } else {
            emissions.emit(due, now);
        }
    }

    private boolean isToBeClosed(final Aggregate aggregate) {
        return aggregate.status() == PeriodStatus.OPEN
                && aggregate.isOver(now, settings.closing().grace());
    }

    private void closeBeforeItsTurn(final Aggregate over) {
        deadlines.remove(closing(over));
        close(over);
    }

    private void close(final Aggregate over) {
        deadlines.add(dropping(over));
        emissions.emit(
                over.with(PeriodStatus.CLOSED), over.closesAt(settings.closing().grace()));
    }

    private void meetDeadlines() {
        int valuesLeft = VALUES_AT_A_TIME;
        for (final Deadline deadline : deadlines.takeDue(now, DEADLINES_AT_A_TIME)) {
            final Optional<Aggregate> aggregate = aggregates.find(deadline.key());
            if (aggregate.isPresent() && deadline.action() == Action.CLOSE) {
                closeInTurn(aggregate.get());
            } else if (aggregate.isPresent()) {
                valuesLeft -= dropInTurn(aggregate.get(), valuesLeft);
            }
        }
    }

    /** An entry can be out of date: written under another grace, or left when the aggregate was closed before its turn. */
    private void closeInTurn(final Aggregate aggregate) {
        if (isToBeClosed(aggregate)) {
            close(aggregate);
        } else if (aggregate.status() == PeriodStatus.OPEN) {
            deadlines.add(closing(aggregate));
        }
    }

    /** Drops an aggregate and its values, the rest of them at the next turn if they are too many; how many values. */
    private int dropInTurn(final Aggregate aggregate, final int valuesLeft) {
        final Optional<Instant> postponed = Stream.of(
                        Optional.of(dropping(aggregate).at()),
                        droppingByTodaysCalendar(aggregate),
                        aggregate.emission().dueAt())
                .flatMap(Optional::stream)
                .filter(now::isBefore)
                .max(Instant::compareTo);
        if (postponed.isPresent()) {
            deadlines.add(new Deadline(postponed.get(), Action.DROP, aggregate.key()));
            return 0;
        }
        final int dropped = values.drop(aggregate.key(), valuesLeft);
        if (dropped < valuesLeft) {
            aggregates.drop(aggregate.key());
        } else {
            deadlines.add(dropping(aggregate));
        }
        return dropped;
    }

    /**
     * A subscription can have cut the period short and been taken back since; the aggregate kept its early end, and the
     * period goes on. Dropped, it would begin anew with revision 1.
     */
    private Optional<Instant> droppingByTodaysCalendar(final Aggregate aggregate) {
        final Instant start = aggregate.key().periodStart();
        final Period today =
                subscriptions.calendarOf(aggregate.key().customerId()).periodOf(start);
        return today.start().equals(start)
                ? Optional.of(today.end().plus(settings.changeableAfterEnd()))
                : Optional.empty();
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
        Stream.of(emissions.earliest(), deadlines.earliest())
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .filter(now::isBefore)
                .flatMap(due -> idle.tickFor(due, systemTime))
                .ifPresent(this::tick);
    }

    private void tick(final Instant expected) {
        context.forward(Ticks.create(context.taskId().partition(), expected.toEpochMilli()), Names.TICK_SINK);
        context.commit();
    }
}
