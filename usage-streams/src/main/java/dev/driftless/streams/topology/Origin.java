package dev.driftless.streams.topology;

import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.SourcePosition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a re-routed record was found, as its header {@code driftless-origin} says: partition in 4 bytes, offset in 8,
 * broker time there in milliseconds in 8, all big-endian.
 *
 * @param position partition and offset in the usage events
 * @param arrivedAt broker time there
 */
record Origin(SourcePosition position, Instant arrivedAt) {
    static final String HEADER = "driftless-origin";

    private static final int BYTES = Integer.BYTES + Long.BYTES + Long.BYTES;

    /** Reads the header; nothing where it is missing, malformed or says what cannot be. */
    static Optional<Origin> of(final Headers headers) {
        final Header header = headers.lastHeader(HEADER);
        if (header == null || header.value() == null || header.value().length != BYTES) {
            return Optional.empty();
        }
        final ByteBuffer bytes = ByteBuffer.wrap(header.value());
        return Optional.of(new Origin(
                        new SourcePosition(bytes.getInt(), bytes.getLong()), Instant.ofEpochMilli(bytes.getLong())))
                .filter(Origin::isPossible);
    }

    /** Above all no time before 1970: Kafka Streams would drop such a record without a word. */
    private boolean isPossible() {
        return position.partition() >= 0
                && position.offset() >= 0
                && FieldRules.occurredAt(arrivedAt).isEmpty();
    }

    void writeTo(final Headers headers) {
        final ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putInt(position.partition())
                .putLong(position.offset())
                .putLong(arrivedAt.toEpochMilli());
        headers.remove(HEADER);
        headers.add(HEADER, bytes.array());
    }
}
