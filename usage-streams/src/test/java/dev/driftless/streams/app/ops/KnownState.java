package dev.driftless.streams.app.ops;

import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.store.PeriodCounts;
import dev.driftless.streams.topology.store.StoreReads;
import java.util.List;
import java.util.function.Supplier;

/** An instance that tells what a test says. */
record KnownState(
        Supplier<List<PartitionAccount>> known,
        List<Lag> lags,
        List<Restoration> restoring,
        boolean isReady,
        long restarts,
        List<StoreReads> storeReads,
        List<PeriodCounts> periods)
        implements InstanceState {
    /** An instance of whose stores nothing is known. */
    KnownState(
            final Supplier<List<PartitionAccount>> known,
            final List<Lag> lags,
            final List<Restoration> restoring,
            final boolean isReady,
            final long restarts) {
        this(known, lags, restoring, isReady, restarts, List.of(), List.of());
    }

    /** A ready instance with these accounts, behind nowhere. */
    static KnownState with(final Supplier<List<PartitionAccount>> accounts) {
        return new KnownState(accounts, List.of(), List.of(), true, 3);
    }

    @Override
    public int waitingForSchemas() {
        return 2;
    }

    @Override
    public List<PartitionAccount> accounts() {
        return known.get();
    }
}
