package dev.driftless.cli.recount;

import java.util.Optional;
import java.util.function.BiConsumer;

/** Where state is put down that need not fit into memory. Keys are ordered as unsigned bytes. For use by one thread. */
interface Shelf {
    /** Holds nothing, and takes nothing. */
    Shelf NONE = new Shelf() {
        @Override
        public Optional<byte[]> get(final byte[] key) {
            return Optional.empty();
        }

        @Override
        public void put(final byte[] key, final byte[] value) {
            throw new IllegalStateException("there is no shelf");
        }

        @Override
        public void remove(final byte[] key) {
            throw new IllegalStateException("there is no shelf");
        }

        @Override
        public void forEach(final byte prefix, final BiConsumer<byte[], byte[]> visitor) {
            // There is nothing.
        }
    };

    Optional<byte[]> get(byte[] key);

    void put(byte[] key, byte[] value);

    void remove(byte[] key);

    /** Visits, in order, all that was committed under keys that begin with a byte; keys are handed over without it. */
    void forEach(byte prefix, BiConsumer<byte[], byte[]> visitor);
}
