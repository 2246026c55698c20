package dev.driftless.streams.topology.store;

import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The keys counted within the dedup window, in a windowed store whose windows are the buckets of {@link DedupBuckets}.
 *
 * <p>Times are the partition's, which never go back. A mark is found exactly as long as it is not older than the window,
 * whatever the buckets; a duplicate does not renew it. See {@link dev.driftless.streams.domain.AdmissionWindow} for why
 * no duplicate escapes.
 */
public final class DedupMarks {
    private final WindowStore<Bytes, byte[]> store;
    private final DedupBuckets buckets;
    private final Duration window;

    public DedupMarks(final WindowStore<Bytes, byte[]> store, final DedupBuckets buckets, final Duration window) {
        this.store = store;
        this.buckets = buckets;
        this.window = window;
    }

    /** The mark of a key that was counted within the window before now. */
    public Optional<Mark> find(final KeyHash key, final Instant now) {
        return find(store, buckets, window, key, now);
    }

    static Optional<Mark> find(
            final ReadOnlyWindowStore<Bytes, byte[]> store,
            final DedupBuckets buckets,
            final Duration window,
            final KeyHash key,
            final Instant now) {
        final Bytes name = Bytes.wrap(key.name());
        for (final long bucket : buckets.bucketsAt(now)) {
            final byte[] found = store.fetch(name, bucket);
            if (found != null) {
                final Mark mark = MarkCodec.decode(found);
                return mark.arrivedAt().isBefore(now.minus(window)) ? Optional.empty() : Optional.of(mark);
            }
        }
        return Optional.empty();
    }

    /** Remembers a key from the mark's arrival on. */
    public void put(final KeyHash key, final Mark mark) {
        store.put(Bytes.wrap(key.name()), MarkCodec.encode(mark), buckets.bucketOf(mark.arrivedAt()));
    }
}
