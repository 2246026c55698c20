package dev.driftless.cli.recount;

/**
 * A record of the raw topic.
 *
 * @param arrivedAt broker time in milliseconds
 * @param key null where it has none
 * @param value null where it has none
 * @param isTick whether it bears the header of a tick
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka's own form; records are never compared.
record RawRecord(SourcePosition position, long arrivedAt, byte[] key, byte[] value, boolean isTick) {
    /** Size of key and value. */
    long bytes() {
        return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
    }
}
