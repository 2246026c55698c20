package dev.driftless.streams.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.aggregation.DistinctValues;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The distinct values of aggregates, each with the number of events that carry it (8 bytes big-endian).
 *
 * <p>Keys are the length of the aggregate's key in 4 bytes, the aggregate's key and SHA-256 of the value: a value can be
 * as long as a property may be, and two values with one SHA-256 are not known to anyone.
 */
public final class DistinctValueStore {
    private final KeyValueStore<Bytes, byte[]> store;

    public DistinctValueStore(final KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The values of one aggregate. */
    public DistinctValues of(final AggregateKey key) {
        final byte[] prefix = prefixOf(key).get();
        return new DistinctValues() {
            @Override
            public boolean add(final String value) {
                return change(entry(prefix, value), 1) == 1;
            }

            @Override
            public boolean remove(final String value) {
                return change(entry(prefix, value), -1) == 0;
            }
        };
    }

    /** Forgets values of one aggregate, at most so many; how many. If they are fewer, none are left. */
    public int drop(final AggregateKey key, final int most) {
        final List<Bytes> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> values = store.prefixScan(prefixOf(key), new BytesSerializer())) {
            while (values.hasNext() && entries.size() < most) {
                entries.add(values.next().key);
            }
        }
        entries.forEach(store::delete);
        return entries.size();
    }

    private long change(final Bytes entry, final int by) {
        final byte[] stored = store.get(entry);
        final long events = (stored == null ? 0 : ByteBuffer.wrap(stored).getLong()) + by;
        if (events < 0) {
            throw new IllegalStateException("a value is taken back that no event carries");
        }
        if (events == 0) {
            store.delete(entry);
        } else {
            store.put(entry, ByteBuffer.allocate(Long.BYTES).putLong(events).array());
        }
        return events;
    }

    private static Bytes prefixOf(final AggregateKey key) {
        final byte[] encoded = AggregateKeyCodec.encode(key).get();
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + encoded.length)
                .putInt(encoded.length)
                .put(encoded)
                .array());
    }

    private static Bytes entry(final byte[] prefix, final String value) {
        final byte[] hash = sha256(value);
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + hash.length)
                .put(prefix)
                .put(hash)
                .array());
    }

    private static byte[] sha256(final String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
