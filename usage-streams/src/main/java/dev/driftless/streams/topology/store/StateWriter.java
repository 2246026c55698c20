package dev.driftless.streams.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.ByteUtils;

/** Writes state as bytes, a field after the other; {@link StateReader} reads them in the same order. */
final class StateWriter {
    private static final int MOST_NUMBER_BYTES = 10;
    private static final int USUAL_BYTES = 192;

    private ByteBuffer bytes = ByteBuffer.allocate(USUAL_BYTES);

    /** @param version of what is written, which the reader is to know */
    StateWriter(final int version) {
        bytes.put((byte) version);
    }

    StateWriter number(final long number) {
        ByteUtils.writeVarlong(number, withRoomFor(MOST_NUMBER_BYTES));
        return this;
    }

    /** In whole milliseconds. */
    StateWriter instant(final Instant instant) {
        return number(instant.toEpochMilli());
    }

    StateWriter instant(final Optional<Instant> instant) {
        number(instant.isPresent() ? 1 : 0);
        return instant.isPresent() ? instant(instant.get()) : this;
    }

    StateWriter text(final String text) {
        return bytes(text.getBytes(UTF_8));
    }

    StateWriter text(final Optional<String> text) {
        number(text.isPresent() ? 1 : 0);
        return text.isPresent() ? text(text.get()) : this;
    }

    StateWriter bytes(final byte[] some) {
        number(some.length);
        withRoomFor(some.length).put(some);
        return this;
    }

    /** An exact decimal. */
    StateWriter decimal(final BigDecimal decimal) {
        number(decimal.scale());
        return bytes(decimal.unscaledValue().toByteArray());
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private ByteBuffer withRoomFor(final int more) {
        if (bytes.remaining() < more) {
            bytes = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more))
                    .put(bytes.flip());
        }
        return bytes;
    }
}
