package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Hashes.Half;
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
    record Found(String reason, Half original) {}

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
        final SourcePosition position = new SourcePosition(
                (int) AvroValues.number(value.get(), "sourcePartition"),
                AvroValues.number(value.get(), "sourceOffset"));
        final Half original = hashes.record(
                AvroValues.optionalBytes(value.get(), "originalKey").orElse(null),
                AvroValues.optionalBytes(value.get(), "originalValue").orElse(null));
        if (found.put(position, new Found(AvroValues.text(value.get(), "reason"), original)) != null) {
            faults.add(position + ": rejected twice");
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
