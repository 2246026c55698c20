package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A map whose entries are in memory from the time they are touched until {@link #flush()}, and on a shelf otherwise. An entry
 * is the same object until then. For use by one thread.
 */
final class Spilled<K, V> {
    private final Shelf shelf;
    private final byte prefix;
    private final Codec<K> keys;
    private final Codec<V> values;
    private final Map<K, Optional<V>> touched = new HashMap<>();
    private final Set<K> removed = new HashSet<>();

    /** How something is written and read. */
    record Codec<T>(Function<T, byte[]> written, Function<byte[], T> read) {
        Codec {
            requireNonNull(written);
            requireNonNull(read);
        }
    }

    Spilled(final Shelf shelf, final char prefix, final Codec<K> keys, final Codec<V> values) {
        this.shelf = requireNonNull(shelf);
        this.prefix = (byte) prefix;
        this.keys = requireNonNull(keys);
        this.values = requireNonNull(values);
    }

    Optional<V> get(final K key) {
        return touched.computeIfAbsent(key, this::load);
    }

    /** Puts an entry, and gives the one before. */
    Optional<V> put(final K key, final V value) {
        final Optional<V> before = get(key);
        touched.put(key, Optional.of(value));
        removed.remove(key);
        return before;
    }

    void remove(final K key) {
        touched.put(key, Optional.empty());
        removed.add(key);
    }

    /** An entry as it was put onto the shelf last. */
    Optional<V> shelved(final K key) {
        return load(key);
    }

    private Optional<V> load(final K key) {
        return shelf.get(shelfKey(key)).map(values.read());
    }

    /** Puts all entries onto the shelf. */
    void flush() {
        touched.forEach((key, value) -> value.ifPresent(
                present -> shelf.put(shelfKey(key), values.written().apply(present))));
        removed.forEach(key -> shelf.remove(shelfKey(key)));
        touched.clear();
        removed.clear();
    }

    /** Visits all entries: those in memory where nothing was ever flushed, else those on the shelf, in its order. */
    void forEach(final BiConsumer<K, V> visitor) {
        touched.forEach((key, value) -> value.ifPresent(present -> visitor.accept(key, present)));
        shelf.forEach(prefix, (key, value) -> {
            final K name = keys.read().apply(key);
            if (!touched.containsKey(name)) {
                visitor.accept(name, values.read().apply(value));
            }
        });
    }

    private byte[] shelfKey(final K key) {
        final byte[] bytes = keys.written().apply(key);
        final byte[] prefixed = new byte[bytes.length + 1];
        prefixed[0] = prefix;
        System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
        return prefixed;
    }
}
