package dev.driftless.streams.topology.store;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The aggregates of a partition. Not safe for use by several threads. */
public final class AggregateStore {
    private final KeyValueStore<Bytes, byte[]> store;
    private final AggregateCodec codec = new AggregateCodec();

    public AggregateStore(final KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The aggregate of a key; nothing if nothing was counted. */
    public Optional<Aggregate> find(final AggregateKey key) {
        return Optional.ofNullable(store.get(AggregateKeyCodec.encode(key))).map(bytes -> codec.decode(key, bytes));
    }

    /** Keeps an aggregate in place of what was under its key. */
    public void put(final Aggregate aggregate) {
        store.put(AggregateKeyCodec.encode(aggregate.key()), codec.encode(aggregate));
    }
}
