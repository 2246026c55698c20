package dev.driftless.streams.topology;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.aggregation.DistinctValues;
import dev.driftless.streams.domain.counting.Ledger;
import dev.driftless.streams.topology.store.AggregateStore;
import dev.driftless.streams.topology.store.DistinctValueStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The ledger in the partition's stores. */
final class PartitionLedger implements Ledger {
    private final AggregateStore aggregates;
    private final DistinctValueStore values;
    private final UnaryOperator<Aggregate> closing;

    PartitionLedger(
            final AggregateStore aggregates, final DistinctValueStore values, final UnaryOperator<Aggregate> closing) {
        this.aggregates = aggregates;
        this.values = values;
        this.closing = closing;
    }

    @Override
    public Optional<Aggregate> find(final AggregateKey key) {
        return aggregates.find(key);
    }

    @Override
    public int groups(final String customerId, final String feature, final Instant periodStart, final int limit) {
        return aggregates.groups(customerId, feature, periodStart, limit);
    }

    @Override
    public List<Aggregate> ofPeriod(final String customerId, final String feature, final Instant periodStart) {
        return aggregates.ofPeriod(customerId, feature, periodStart);
    }

    @Override
    public DistinctValues values(final AggregateKey key) {
        return values.of(key);
    }

    @Override
    public Aggregate close(final Aggregate aggregate) {
        return closing.apply(aggregate);
    }
}
