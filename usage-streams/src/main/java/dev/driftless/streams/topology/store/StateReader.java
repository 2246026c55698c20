package dev.driftless.streams.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.ByteUtils;

/** Reads what {@link StateWriter} has written, in the same order. */
final class StateReader {
    private final ByteBuffer bytes;

    /**
     * A reader of one entry.
     *
     * @param version that this build reads
     * @param what names the entry in a message, for instance "an account"
     * @throws IllegalStateException if the entry has another
     */
    StateReader(final byte[] encoded, final int version, final String what) {
        this.bytes = ByteBuffer.wrap(encoded);
        final int written = bytes.get();
        if (written != version) {
            throw new IllegalStateException(
                    what + " of version " + written + " is in the state; this build reads version " + version);
        }
    }

    long number() {
        return ByteUtils.readVarlong(bytes);
    }

    Instant instant() {
        return Instant.ofEpochMilli(number());
    }

    Optional<Instant> optionalInstant() {
        return isPresent() ? Optional.of(instant()) : Optional.empty();
    }

    /** Whether something follows that need not be there. */
    boolean isPresent() {
        return number() == 1;
    }

    String text() {
        final int length = length();
        final String text = new String(bytes.array(), bytes.position(), length, UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }

    Optional<String> optionalText() {
        return isPresent() ? Optional.of(text()) : Optional.empty();
    }

    byte[] bytes() {
        return next(length());
    }

    BigDecimal decimal() {
        final int scale = Math.toIntExact(number());
        final int length = length();
        return length <= Long.BYTES
                ? BigDecimal.valueOf(unscaled(length), scale)
                : new BigDecimal(new BigInteger(next(length)), scale);
    }

    private long unscaled(final int length) {
        long unscaled = bytes.get();
        for (int i = 1; i < length; i++) {
            unscaled = unscaled << Byte.SIZE | Byte.toUnsignedLong(bytes.get());
        }
        return unscaled;
    }

    private byte[] next(final int length) {
        final byte[] some = new byte[length];
        bytes.get(some);
        return some;
    }

    private int length() {
        return Math.toIntExact(number());
    }
}
