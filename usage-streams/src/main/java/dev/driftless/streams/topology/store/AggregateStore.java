package dev.driftless.streams.topology.store;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The aggregates of a partition. */
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

    /** All aggregates of a customer. */
    public List<Aggregate> ofCustomer(final String customerId) {
        return all(AggregateKeyCodec.prefixOf(customerId));
    }

    /** All aggregates of a customer and feature in a period, one for each combination of groups. */
    public List<Aggregate> ofPeriod(final String customerId, final String feature, final Instant periodStart) {
        return all(prefixOf(customerId, feature, periodStart));
    }

    private List<Aggregate> all(final Bytes prefix) {
        final List<Aggregate> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, new BytesSerializer())) {
            while (entries.hasNext()) {
                final KeyValue<Bytes, byte[]> entry = entries.next();
                found.add(codec.decode(AggregateKeyCodec.decode(entry.key), entry.value));
            }
        }
        return found;
    }

    /** How many groups a customer has of a feature in a period, counted no further than a limit. */
    public int groups(final String customerId, final String feature, final Instant periodStart, final int limit) {
        int groups = 0;
        try (KeyValueIterator<Bytes, byte[]> entries =
                store.prefixScan(prefixOf(customerId, feature, periodStart), new BytesSerializer())) {
            while (entries.hasNext() && groups < limit) {
                entries.next();
                groups++;
            }
        }
        return groups;
    }

    private static Bytes prefixOf(final String customerId, final String feature, final Instant periodStart) {
        return AggregateKeyCodec.encode(new AggregateKey(customerId, feature, periodStart, List.of()));
    }

    /** Keeps an aggregate in place of what was under its key. */
    public void put(final Aggregate aggregate) {
        store.put(AggregateKeyCodec.encode(aggregate.key()), codec.encode(aggregate));
    }

    /** Forgets an aggregate. */
    public void drop(final AggregateKey key) {
        store.delete(AggregateKeyCodec.encode(key));
    }
}
