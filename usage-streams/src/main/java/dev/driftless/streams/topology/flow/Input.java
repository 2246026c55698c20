package dev.driftless.streams.topology.flow;

import dev.driftless.streams.domain.SourcePosition;
import java.time.Instant;
import java.util.Optional;

/**
 * One record as it was read, with what the partition knows at that moment.
 *
 * @param key the record's key; null where it has none
 * @param value the record's value; null where it has none
 * @param origin where the record stands in the usage events, for a re-routed one where it was found
 * @param arrivedAt broker time of the record there
 * @param now the partition's time: the latest broker time read, this record's included
 * @param readTo offset of the last record read of this partition of the usage events
 * @param read how many records the partition has read with this one, ticks left out
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed on, never compared
public record Input(
        byte[] key,
        byte[] value,
        SourcePosition origin,
        Instant arrivedAt,
        Instant now,
        Optional<Long> readTo,
        long read) {
    /** Size of key and value. */
    public long bytes() {
        return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
    }
}
