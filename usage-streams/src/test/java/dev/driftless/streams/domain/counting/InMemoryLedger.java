package dev.driftless.streams.domain.counting;

import dev.driftless.schemas.PeriodStatus;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.aggregation.DistinctValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger that the domain can be read with: maps. */
final class InMemoryLedger implements Ledger {
    private final Map<AggregateKey, Aggregate> aggregates = new LinkedHashMap<>();
    private final Map<AggregateKey, Map<String, Long>> values = new HashMap<>();
    private final List<AggregateKey> closed = new ArrayList<>();

    /** Keeps an aggregate as the topology does: with a record written. */
    Aggregate put(final Aggregate aggregate) {
        final Aggregate kept = aggregate.with(
                aggregate.emission().emitted(Instant.EPOCH, aggregate.tally().quantity()));
        aggregates.put(kept.key(), kept);
        return kept;
    }

    /** The keys that were closed, in order. */
    List<AggregateKey> closed() {
        return closed;
    }

    /** How many distinct values are kept of all aggregates. */
    int distinctValues() {
        return values.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public Optional<Aggregate> find(final AggregateKey key) {
        return Optional.ofNullable(aggregates.get(key));
    }

    @Override
    public int groups(final String customerId, final String feature, final Instant periodStart, final int limit) {
        return Math.min(limit, ofPeriod(customerId, feature, periodStart).size());
    }

    @Override
    public List<Aggregate> ofPeriod(final String customerId, final String feature, final Instant periodStart) {
        return aggregates.values().stream()
                .filter(aggregate -> aggregate.key().customerId().equals(customerId))
                .filter(aggregate -> aggregate.key().feature().equals(feature))
                .filter(aggregate -> aggregate.key().periodStart().equals(periodStart))
                .toList();
    }

    @Override
    public DistinctValues values(final AggregateKey key) {
        final Map<String, Long> ofKey = values.computeIfAbsent(key, any -> new HashMap<>());
        return new DistinctValues() {
            @Override
            public boolean add(final String value) {
                return ofKey.merge(value, 1L, Long::sum) == 1;
            }

            @Override
            public boolean remove(final String value) {
                final long left = ofKey.merge(value, -1L, Long::sum);
                if (left < 0) {
                    throw new IllegalStateException("nothing carries " + value);
                }
                ofKey.remove(value, 0L);
                return left == 0;
            }
        };
    }

    @Override
    public Aggregate close(final Aggregate aggregate) {
        closed.add(aggregate.key());
        return put(aggregate.with(PeriodStatus.CLOSED));
    }
}
