package dev.driftless.streams.topology.store;

import dev.driftless.streams.domain.AggregateKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The aggregates that have changed since their last record, in the order in which they are due. Each stands in a store
 * too, so that what was counted is emitted also if the process dies in between.
 *
 * <p>Keys in the store are the due time in milliseconds (8 bytes big-endian) and the aggregate's key. Not safe for use by
 * several threads.
 */
public final class PendingEmissions {
    private static final byte[] PRESENT = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final NavigableMap<Bytes, AggregateKey> pending = new TreeMap<>();

    /** Opens what an earlier run has left. */
    public PendingEmissions(final KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> pending.put(entry.key, keyOf(entry.key)));
        }
    }

    /** When the first of them is due; nothing where nothing is pending. */
    public Optional<Instant> earliest() {
        return pending.isEmpty() ? Optional.empty() : Optional.of(dueAtOf(pending.firstKey()));
    }

    /** Notes that an aggregate is due. */
    public void add(final Instant dueAt, final AggregateKey key) {
        final Bytes entry = encode(dueAt, key);
        store.put(entry, PRESENT);
        pending.put(entry, key);
    }

    /** Forgets that an aggregate was due. */
    public void remove(final Instant dueAt, final AggregateKey key) {
        final Bytes entry = encode(dueAt, key);
        store.delete(entry);
        pending.remove(entry);
    }

    /** Takes out what is due at a time, in the order of due times and then of keys. */
    public List<AggregateKey> takeDue(final Instant now) {
        final NavigableMap<Bytes, AggregateKey> due = pending.headMap(startOf(now.plusMillis(1)), false);
        if (due.isEmpty()) {
            return List.of();
        }
        final List<AggregateKey> keys = List.copyOf(due.values());
        due.keySet().forEach(store::delete);
        due.clear();
        return keys;
    }

    private static Instant dueAtOf(final Bytes entry) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(entry.get()).getLong());
    }

    private static AggregateKey keyOf(final Bytes entry) {
        final byte[] bytes = entry.get();
        return AggregateKeyCodec.decode(Bytes.wrap(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
    }

    private static Bytes encode(final Instant dueAt, final AggregateKey key) {
        final byte[] encodedKey = AggregateKeyCodec.encode(key).get();
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + encodedKey.length)
                .putLong(dueAt.toEpochMilli())
                .put(encodedKey)
                .array());
    }

    private static Bytes startOf(final Instant dueAt) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(dueAt.toEpochMilli()).array());
    }
}
