package dev.driftless.streams.domain.counting;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.aggregation.DistinctValues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the aggregates of a partition are kept, as the domain sees it. */
public interface Ledger {
    /** The aggregate of a key; nothing if nothing was counted into it, or it can no longer change and was dropped. */
    Optional<Aggregate> find(AggregateKey key);

    /** How many groups a customer has of a feature in a period; more than a limit need not be told apart. */
    int groups(String customerId, String feature, Instant periodStart, int limit);

    /** All aggregates of a customer and feature in a period, one for each combination of groups. */
    List<Aggregate> ofPeriod(String customerId, String feature, Instant periodStart);

    /** Distinct values of an aggregate. */
    DistinctValues values(AggregateKey key);

    /** Closes an open aggregate now, before anything else happens to it; its closed state. */
    Aggregate close(Aggregate aggregate);
}
