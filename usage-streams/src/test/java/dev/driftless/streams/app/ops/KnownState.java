package dev.driftless.streams.app.ops;

import dev.driftless.streams.domain.PartitionAccount;
import java.util.List;
import java.util.function.Supplier;

/** An instance that tells what a test says. */
record KnownState(
        Supplier<List<PartitionAccount>> known,
        List<Lag> lags,
        List<Restoration> restoring,
        boolean isReady,
        long restarts)
        implements InstanceState {
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
