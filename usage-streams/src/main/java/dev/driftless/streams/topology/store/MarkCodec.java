package dev.driftless.streams.topology.store;

import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.SourcePosition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Marks as bytes, about 28 of them: version and state in a byte, the fingerprint in 8, and as variable-length numbers the
 * partition, the offset, the arrival in milliseconds, how long before that the period started, the grouping, and the
 * value's scale; the rest is the value's digits. There is one mark for each event of the dedup window, so that every byte counts.
 *
 * <p>Version 2 has the number of copies before the digits. Only marks of which there are any are written in it, so that the
 * many others are no longer for it.
 */
final class MarkCodec {
    private static final int WITHOUT_COPIES = 1;
    private static final int WITH_COPIES = 2;
    private static final int STATE_BITS = 4;
    private static final int MOST_NUMBER_BYTES = 10;
    private static final int NUMBERS = 7;
    /** By their code; only ever appended to. */
    private static final List<Mark.State> STATES =
            List.of(Mark.State.COUNTED, Mark.State.TAKEN_BACK, Mark.State.VOID_AHEAD, Mark.State.VOID);

    private MarkCodec() {}

    static byte[] encode(final Mark mark) {
        final long arrivedAt = mark.arrivedAt().toEpochMilli();
        final BigDecimal value = mark.value().stripTrailingZeros();
        final byte[] digits = value.unscaledValue().toByteArray();
        final int version = mark.copies() == 0 ? WITHOUT_COPIES : WITH_COPIES;
        final ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES + NUMBERS * MOST_NUMBER_BYTES + digits.length)
                .put((byte) (version << STATE_BITS | STATES.indexOf(mark.state())))
                .putLong(mark.contentFingerprint());
        ByteUtils.writeVarint(mark.origin().partition(), bytes);
        ByteUtils.writeVarlong(mark.origin().offset(), bytes);
        ByteUtils.writeVarlong(arrivedAt, bytes);
        ByteUtils.writeVarlong(arrivedAt - mark.periodStart().toEpochMilli(), bytes);
        ByteUtils.writeVarint(mark.grouping(), bytes);
        ByteUtils.writeVarint(value.scale(), bytes);
        if (version == WITH_COPIES) {
            ByteUtils.writeVarlong(mark.copies(), bytes);
        }
        bytes.put(digits);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static Mark decode(final byte[] encoded) {
        final ByteBuffer bytes = ByteBuffer.wrap(encoded);
        final int head = Byte.toUnsignedInt(bytes.get());
        final int version = head >>> STATE_BITS;
        final int state = head & ((1 << STATE_BITS) - 1);
        if (version < WITHOUT_COPIES || version > WITH_COPIES || state >= STATES.size()) {
            throw new IllegalStateException("a mark of version " + version + " and state " + state
                    + " is in the dedup store; this build reads versions " + WITHOUT_COPIES + " and " + WITH_COPIES);
        }
        final long fingerprint = bytes.getLong();
        final SourcePosition origin = new SourcePosition(ByteUtils.readVarint(bytes), ByteUtils.readVarlong(bytes));
        final long arrivedAt = ByteUtils.readVarlong(bytes);
        final long periodStart = arrivedAt - ByteUtils.readVarlong(bytes);
        final int grouping = ByteUtils.readVarint(bytes);
        final int scale = ByteUtils.readVarint(bytes);
        final long copies = version == WITH_COPIES ? ByteUtils.readVarlong(bytes) : 0;
        final byte[] digits = new byte[bytes.remaining()];
        bytes.get(digits);
        return new Mark(
                STATES.get(state),
                fingerprint,
                origin,
                Instant.ofEpochMilli(arrivedAt),
                Instant.ofEpochMilli(periodStart),
                grouping,
                new BigDecimal(new BigInteger(digits), scale),
                copies);
    }
}
