package dev.driftless.streams.topology.store;

import dev.driftless.streams.domain.AggregateKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is to happen to which aggregate at which time: each open one is to be closed, each closed one to be dropped. In a
 * store, earliest first; there is one entry for each aggregate, so that they are not held in memory.
 *
 * <p>Keys are the time in milliseconds (8 bytes big-endian), the action and the aggregate's key. Not safe for use by
 * several threads.
 */
public final class Deadlines {
    private static final byte[] PRESENT = {1};
    private static final int HEAD_BYTES = Long.BYTES + 1;

    /** What is to happen. */
    public enum Action {
        /** The period's end and the grace are over. */
        CLOSE((byte) 0),
        /** Nothing can change the aggregate any more. */
        DROP((byte) 1);

        private final byte code;

        Action(final byte code) {
            this.code = code;
        }

        static Action of(final byte code) {
            return Arrays.stream(values())
                    .filter(action -> action.code == code)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no action has the code " + code));
        }
    }

    /**
     * One entry.
     *
     * @param at when
     * @param action what
     * @param key to which aggregate
     */
    public record Deadline(Instant at, Action action, AggregateKey key) {}

    private final KeyValueStore<Bytes, byte[]> store;
    /** No entry lies before this one; what was taken out before it need not be scanned again. */
    private Bytes floor = startOf(Instant.EPOCH);

    private Optional<Instant> earliest;

    /** Opens what an earlier run has left. */
    public Deadlines(final KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.earliest = readEarliest();
    }

    /** The first time at which something is to happen. */
    public Optional<Instant> earliest() {
        return earliest;
    }

    /** Adds an entry. */
    public void add(final Deadline deadline) {
        final Bytes entry = encode(deadline);
        store.put(entry, PRESENT);
        floor = entry.compareTo(floor) < 0 ? entry : floor;
        if (earliest.isEmpty() || deadline.at().isBefore(earliest.get())) {
            earliest = Optional.of(deadline.at());
        }
    }

    /** Takes out an entry. */
    public void remove(final Deadline deadline) {
        store.delete(encode(deadline));
        if (earliest.filter(deadline.at()::equals).isPresent()) {
            earliest = readEarliest();
        }
    }

    /** Takes out the first entries that are due, at most so many. */
    public List<Deadline> takeDue(final Instant now, final int most) {
        if (earliest.isEmpty() || now.isBefore(earliest.get())) {
            return List.of();
        }
        final List<Bytes> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(floor, startOf(now.plusMillis(1)))) {
            while (entries.hasNext() && due.size() < most) {
                due.add(entries.next().key);
            }
        }
        due.forEach(store::delete);
        earliest = readEarliest();
        return due.stream().map(Deadlines::decode).toList();
    }

    private Optional<Instant> readEarliest() {
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(floor, null)) {
            if (!entries.hasNext()) {
                return Optional.empty();
            }
            floor = entries.next().key;
            return Optional.of(decode(floor).at());
        }
    }

    private static Bytes startOf(final Instant time) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(time.toEpochMilli()).array());
    }

    private static Bytes encode(final Deadline deadline) {
        final byte[] key = AggregateKeyCodec.encode(deadline.key()).get();
        return Bytes.wrap(ByteBuffer.allocate(HEAD_BYTES + key.length)
                .putLong(deadline.at().toEpochMilli())
                .put(deadline.action().code)
                .put(key)
                .array());
    }

    private static Deadline decode(final Bytes entry) {
        final ByteBuffer bytes = ByteBuffer.wrap(entry.get());
        final Instant at = Instant.ofEpochMilli(bytes.getLong());
        final Action action = Action.of(bytes.get());
        final byte[] key = Arrays.copyOfRange(entry.get(), HEAD_BYTES, entry.get().length);
        return new Deadline(at, action, AggregateKeyCodec.decode(Bytes.wrap(key)));
    }
}
