package dev.driftless.streams.topology.store;

import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.SourcePosition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * Marks as bytes, about 25 of them: a version byte, the fingerprint in 8 bytes, and as variable-length numbers the
 * partition, the offset, the arrival in milliseconds and how long before that the period started. There is one mark for
 * each event of the dedup window, so that every byte counts.
 */
final class MarkCodec {
    private static final byte VERSION = 1;
    private static final int MOST_BYTES = 1 + Long.BYTES + 5 + 3 * 10;

    private MarkCodec() {}

    static byte[] encode(final Mark mark) {
        final long arrivedAt = mark.arrivedAt().toEpochMilli();
        final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).put(VERSION).putLong(mark.contentFingerprint());
        ByteUtils.writeVarint(mark.origin().partition(), bytes);
        ByteUtils.writeVarlong(mark.origin().offset(), bytes);
        ByteUtils.writeVarlong(arrivedAt, bytes);
        ByteUtils.writeVarlong(arrivedAt - mark.periodStart().toEpochMilli(), bytes);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static Mark decode(final byte[] encoded) {
        final ByteBuffer bytes = ByteBuffer.wrap(encoded);
        final byte version = bytes.get();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "a mark of version " + version + " is in the dedup store; this build reads version " + VERSION);
        }
        final long fingerprint = bytes.getLong();
        final SourcePosition origin = new SourcePosition(ByteUtils.readVarint(bytes), ByteUtils.readVarlong(bytes));
        final long arrivedAt = ByteUtils.readVarlong(bytes);
        final long periodStart = arrivedAt - ByteUtils.readVarlong(bytes);
        return new Mark(fingerprint, origin, Instant.ofEpochMilli(arrivedAt), Instant.ofEpochMilli(periodStart));
    }
}
