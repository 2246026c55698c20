package dev.driftless.cli.recount;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * All events of a partition's customers: those that stand there, and those that the application found elsewhere and passed
 * on, between them by the time at which the brokers took them there. In which order the application itself met an event
 * and a misplaced copy of it, that came within its delay, is written down nowhere; either may have been the first.
 */
final class HomePartition implements AutoCloseable {
    private static final String ORIGIN_HEADER = "driftless-origin";
    private static final int ORIGIN_BYTES = 20;

    private final PartitionLog found;
    private final PartitionLog rerouted;

    HomePartition(final PartitionLog found, final PartitionLog rerouted) {
        this.found = found;
        this.rerouted = rerouted;
    }

    /**
     * A record.
     *
     * @param raw as it was first found; nothing where a re-routed record does not say where that was
     * @param isRerouted whether it was passed on
     */
    record Step(Optional<RawRecord> raw, boolean isRerouted, SourcePosition at) {}

    /** The partition to which a customer belongs. */
    static int of(final String customer, final int partitions) {
        return Utils.toPositive(Utils.murmur2(customer.getBytes(UTF_8))) % partitions;
    }

    /** Which records bear the key of one of some customers. */
    static Predicate<RawRecord> of(final Set<String> customers) {
        return record -> record.key() != null && customers.contains(new String(record.key(), UTF_8));
    }

    Optional<Step> next() {
        final Optional<ConsumerRecord<byte[], byte[]>> here = found.peek();
        final Optional<ConsumerRecord<byte[], byte[]>> passedOn = rerouted.peek();
        if (passedOn.isPresent()
                && here.map(record -> passedOn.get().timestamp() < record.timestamp())
                        .orElse(true)) {
            final ConsumerRecord<byte[], byte[]> record = rerouted.take();
            return Optional.of(new Step(origin(record), true, new SourcePosition(record.partition(), record.offset())));
        }
        return here.map(record -> {
            found.take();
            final RawRecord raw = Recount.raw(record);
            return new Step(Optional.of(raw), false, raw.position());
        });
    }

    /** A re-routed record as it was found; nothing where it does not say that. */
    static Optional<RawRecord> origin(final ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(ORIGIN_HEADER))
                .map(header -> header.value())
                .filter(bytes -> bytes != null && bytes.length == ORIGIN_BYTES)
                .map(ByteBuffer::wrap)
                .map(bytes -> new RawRecord(
                        new SourcePosition(bytes.getInt(), bytes.getLong()),
                        bytes.getLong(),
                        record.key(),
                        record.value(),
                        false));
    }

    long foundTo() {
        return found.position();
    }

    long reroutedTo() {
        return rerouted.position();
    }

    @Override
    public void close() {
        found.close();
        rerouted.close();
    }
}
