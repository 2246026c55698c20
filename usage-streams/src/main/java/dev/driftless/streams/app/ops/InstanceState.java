package dev.driftless.streams.app.ops;

import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.store.PeriodCounts;
import dev.driftless.streams.topology.store.StoreReads;
import java.util.List;

/** What an instance tells about itself at the moment it is asked; each answer is empty while it cannot be told. */
public interface InstanceState {
    /** The accounts of the partitions that this instance holds. */
    List<PartitionAccount> accounts();

    /** How far behind each of its partitions is. */
    List<Lag> lags();

    /** What is being restored. */
    List<Restoration> restoring();

    /** How its stores on disk were read. */
    List<StoreReads> storeReads();

    /** How many aggregates each of its partitions has. */
    List<PeriodCounts> periods();

    /** Whether it is ready. */
    boolean isReady();

    /** How many of its partitions wait until the registry tells a schema. */
    int waitingForSchemas();

    /** Restarts of stream threads so far. */
    long restarts();
}
