package dev.driftless.streams.topology.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;

/**
 * State as bytes in Avro's single-object encoding. It names the schema it was written with, so that a later build reads
 * the state of an earlier one. Safe for use by several threads.
 */
final class StateCodec<T extends SpecificRecord> {
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    StateCodec(final BinaryMessageEncoder<T> encoder, final BinaryMessageDecoder<T> decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    byte[] encode(final T state) {
        try {
            final ByteBuffer bytes = encoder.encode(state);
            final byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    T decode(final byte[] bytes) {
        try {
            return decoder.decode(bytes, null);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
