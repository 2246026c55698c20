package dev.driftless.streams.topology;

import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.Emission;
import dev.driftless.streams.topology.flow.Change;
import dev.driftless.streams.topology.flow.Change.AggregateMoved;
import dev.driftless.streams.topology.flow.Change.TimeMoved;
import dev.driftless.streams.topology.store.AggregateStore;
import dev.driftless.streams.topology.store.PendingEmissions;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Fifth step: keeps the aggregates and emits them, each at most once in an interval of the partition's time and always its
 * last state. See {@link Emission} for why that goes by the log and not by a clock.
 *
 * <p>Where something is held and the partition falls silent, a tick is written into it. When the broker has stamped it and
 * it comes back as a record, the partition's time has moved and what is due goes out.
 */
final class EmitProcessor implements Processor<Object, Change, Object, Object> {
    /** How often silence is looked for; a look costs nothing to speak of. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final TopologySettings settings;

    private ProcessorContext<Object, Object> context;
    private AggregateStore aggregates;
    private PendingEmissions pending;
    private IdleWatch idle;

    EmitProcessor(final TopologySettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.aggregates = new AggregateStore(context.getStateStore(Names.AGGREGATE_STORE));
        this.pending = new PendingEmissions(context.getStateStore(Names.PENDING_STORE));
        this.idle = new IdleWatch(
                settings.idleDelay(), PartitionTime.resume(context).now(), context.currentSystemTimeMs());
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::tickIfSilent);
    }

    @Override
    public void process(final Record<Object, Change> record) {
        final Change change = record.value();
        if (change instanceof TimeMoved moved) {
            idle.timeMoved(moved.now(), context.currentSystemTimeMs());
            emitDue(moved);
        } else if (change instanceof AggregateMoved moved) {
            emitOrHold(moved);
        }
    }

    private void emitDue(final TimeMoved moved) {
        pending.takeDue(moved.now())
                .forEach(key -> emit(
                        aggregates
                                .find(key)
                                .orElseThrow(() -> new IllegalStateException("a pending aggregate is kept: " + key)),
                        moved));
    }

    private void emitOrHold(final AggregateMoved moved) {
        final Aggregate aggregate = moved.aggregate();
        final Emission emission = aggregate.emission();
        if (emission.isFree(moved.now(), settings.emissionInterval())) {
            emission.dueAt().ifPresent(dueAt -> pending.remove(dueAt, aggregate.key()));
            emit(aggregate, moved);
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

    private void emit(final Aggregate aggregate, final Change change) {
        final Aggregate emitted = aggregate.with(aggregate.emission().emitted(change.now()));
        aggregates.put(emitted);
        final UsageAggregateKey key = BillingRecords.keyOf(emitted);
        final UsageAggregate value =
                BillingRecords.valueOf(emitted, context.taskId().partition(), change.readTo());
        context.forward(new Record<>(key, value, change.now().toEpochMilli()), Names.BILLING_USAGE_SINK);
    }

    private void tickIfSilent(final long systemTime) {
        pending.earliest().flatMap(due -> idle.tickFor(due, systemTime)).ifPresent(brokerTime -> {
            context.forward(Ticks.create(context.taskId().partition(), brokerTime.toEpochMilli()), Names.TICK_SINK);
            context.commit();
        });
    }
}
