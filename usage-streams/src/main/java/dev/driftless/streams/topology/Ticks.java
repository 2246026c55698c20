package dev.driftless.streams.topology;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Records of the usage events that are not usage: with neither key nor value, and a header {@code driftless-tick}. The
 * application writes one into a partition that has fallen silent while something waits for its time to move on. The
 * broker stamps it, so that a tick can tell nothing but the broker's own time, whoever wrote it.
 */
final class Ticks {
    static final String HEADER = "driftless-tick";

    private static final byte[] EMPTY = {};

    private Ticks() {}

    static boolean isTick(final byte[] key, final byte[] value, final Headers headers) {
        return key == null && value == null && headers.lastHeader(HEADER) != null;
    }

    /**
     * A tick for a partition.
     *
     * @param partition carried as the key until the record is sent, and then no longer part of it
     * @param timestamp the writer's guess, in milliseconds, which the broker replaces
     */
    static Record<Object, Object> create(final int partition, final long timestamp) {
        final Record<Object, Object> tick = new Record<>(partition, null, timestamp);
        tick.headers().add(HEADER, EMPTY);
        return tick;
    }

    /** Drops the partition that a tick carries as its key. */
    static Serializer<Integer> withoutKey() {
        return (topic, partition) -> null;
    }
}
