package dev.driftless.streams.topology.store;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * The stores of one partition, read beside the thread that processes it. What it has processed and not committed yet is
 * seen, too.
 */
public final class UsageView {
    private final ReadOnlyKeyValueStore<Bytes, byte[]> aggregates;
    private final ReadOnlyWindowStore<Bytes, byte[]> marks;
    private final DedupBuckets buckets;
    private final Duration window;
    private final AggregateCodec codec = new AggregateCodec();

    /**
     * A view.
     *
     * @param buckets as the stores were written with
     * @param window length of the dedup window
     */
    public UsageView(
            final ReadOnlyKeyValueStore<Bytes, byte[]> aggregates,
            final ReadOnlyWindowStore<Bytes, byte[]> marks,
            final DedupBuckets buckets,
            final Duration window) {
        this.aggregates = aggregates;
        this.marks = marks;
        this.buckets = buckets;
        this.window = window;
    }

    /** The first so many of a customer's aggregates that are wanted, by feature and period. */
    public List<Aggregate> aggregatesOf(final String customerId, final Predicate<Aggregate> wanted, final int most) {
        final List<Aggregate> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries =
                aggregates.prefixScan(AggregateKeyCodec.prefixOf(customerId), new BytesSerializer())) {
            while (entries.hasNext() && found.size() < most) {
                final KeyValue<Bytes, byte[]> entry = entries.next();
                final Aggregate aggregate = codec.decode(AggregateKeyCodec.decode(entry.key), entry.value);
                if (wanted.test(aggregate)) {
                    found.add(aggregate);
                }
            }
        }
        return found;
    }

    /** The mark of a key that was counted within the window before now. */
    public Optional<Mark> mark(final KeyHash key, final Instant now) {
        return DedupMarks.find(marks, buckets, window, key, now);
    }
}
