package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Hashes.Half;
import dev.driftless.cli.recount.Spilled.Codec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topic of the rejections says. For use by one thread. */
final class RejectionLog implements AutoCloseable {
    private final TopicLog log;
    private final AvroValues values;
    private final Hashes hashes = new Hashes();
    private final Map<SourcePosition, Found> found = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long records;

    /**
     * A rejection.
     *
     * @param original hash of the bytes that it holds
     */
    record Found(String reason, Half original) {
        static final Codec<Found> CODEC = Packed.codec(
                (out, found) -> {
                    out.writeUTF(found.reason());
                    out.writeLong(found.original().high());
                    out.writeLong(found.original().low());
                },
                in -> new Found(in.readUTF(), new Half(in.readLong(), in.readLong())));
    }

    RejectionLog(final RecountSettings settings, final RegistrySchemas schemas) {
        this.values = new AvroValues(schemas.latest(settings.usageRejected() + "-value"), schemas::byId);
        this.log = new TopicLog(settings.usageRejected(), settings.client());
    }

    /** Reads what has come since. */
    void advance() {
        log.advance(this::read);
    }

    Map<SourcePosition, Found> found() {
        return Collections.unmodifiableMap(found);
    }

    /** Records that cannot be read, and second rejections of one record. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    long records() {
        return records;
    }

    private void read(final ConsumerRecord<byte[], byte[]> record) {
        records++;
        final Optional<GenericRecord> value = values.read(record.value());
        if (value.isEmpty()) {
            faults.add("record at partition " + record.partition() + ", offset " + record.offset()
                    + " is not a rejection");
            return;
        }
        final SourcePosition position = position(value.get());
        if (found.put(position, found(value.get(), hashes)) != null) {
            faults.add(position + ": rejected twice");
        }
    }

    static SourcePosition position(final GenericRecord rejection) {
        return new SourcePosition(
                (int) AvroValues.number(rejection, "sourcePartition"), AvroValues.number(rejection, "sourceOffset"));
    }

    static Found found(final GenericRecord rejection, final Hashes hashes) {
        return new Found(
                AvroValues.text(rejection, "reason"),
                hashes.record(
                        AvroValues.optionalBytes(rejection, "originalKey").orElse(null),
                        AvroValues.optionalBytes(rejection, "originalValue").orElse(null)));
    }

    @Override
    public void close() {
        log.close();
    }

    /**
     * What the application says of events that are older than their feature's definition. Asked of a topic that is read once;
     * keeps those rejections in memory that have to do with the catalog.
     */
    static final class Claims {
        private final Tables tables;
        private final Map<SourcePosition, String> reasons = new HashMap<>();

        Claims(final RecountSettings settings, final Tables tables) {
            this.tables = tables;
            try (RejectionLog log = new RejectionLog(settings, tables.schemas())) {
                log.advance();
                log.found().forEach((position, found) -> {
                    if (Judge.BY_CATALOG.contains(found.reason())) {
                        reasons.put(position, found.reason());
                    }
                });
            }
        }

        Optional<String> of(final RawRecord record, final RawEvent event) {
            return tables.features().isOlder(record.arrivedAt(), event.feature())
                    ? Optional.of(reasons.getOrDefault(record.position(), ""))
                    : Optional.empty();
        }
    }
}
