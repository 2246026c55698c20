package dev.driftless.streams.topology;

import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.Emission;
import dev.driftless.streams.domain.Emission.LastRecord;
import dev.driftless.streams.topology.store.AggregateStore;
import dev.driftless.streams.topology.store.PendingEmissions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps aggregates and writes them to the billing topic, each at most once in an interval of the partition's time, and
 * always its last state. See {@link Emission} for why that goes by the log and not by a clock.
 */
final class Emissions {
    private final ProcessorContext<Object, Object> context;
    private final AggregateStore aggregates;
    private final PendingEmissions pending;
    private final Duration interval;

    Emissions(final ProcessorContext<Object, Object> context, final Duration interval) {
        this.context = context;
        this.aggregates = StateStores.aggregates(context);
        this.pending = new PendingEmissions(context.getStateStore(Names.PENDING_STORE));
        this.interval = interval;
    }

    /** When the next aggregate that waits is due. */
    Optional<Instant> earliest() {
        return pending.earliest();
    }

    /** The aggregates whose wait is over; they no longer wait. */
    List<Aggregate> takeDue(final Instant now) {
        return pending.takeDue(now).stream().map(this::waiting).toList();
    }

    /** Keeps an aggregate that has moved, and emits it now or when its interval is over. */
    void emitOrHold(final Aggregate aggregate, final Instant now) {
        final Emission emission = aggregate.emission();
        if (emission.isFree(now, interval)) {
            emit(aggregate, now);
        } else if (emission.dueAt().isPresent()) {
            aggregates.put(aggregate);
        } else {
            hold(aggregate, emission.held(interval));
        }
    }

    /** Keeps an aggregate and emits it, with what waited. */
    void emit(final Aggregate aggregate, final Instant at) {
        aggregate.emission().dueAt().ifPresent(dueAt -> pending.remove(dueAt, aggregate.key()));
        final Optional<BigDecimal> previous = aggregate.emission().last().map(LastRecord::quantity);
        final Aggregate emitted = aggregate.with(
                aggregate.emission().emitted(at, aggregate.tally().quantity()));
        aggregates.put(emitted);
        final UsageAggregateKey key = BillingRecords.keyOf(emitted);
        final UsageAggregate value =
                BillingRecords.valueOf(emitted, previous, context.taskId().partition());
        context.forward(new Record<>(key, value, at.toEpochMilli()), Names.BILLING_USAGE_SINK);
    }

    private void hold(final Aggregate aggregate, final Emission held) {
        pending.add(held.dueAt().orElseThrow(), aggregate.key());
        aggregates.put(aggregate.with(held));
    }

    private Aggregate waiting(final AggregateKey key) {
        return aggregates
                .find(key)
                .orElseThrow(() -> new IllegalStateException("an aggregate that waits is kept: " + key));
    }
}
