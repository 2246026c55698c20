package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the billing topic says, as a biller reads it: by key, the highest revision. For use by one thread. */
final class BillingLog implements AutoCloseable {
    private static final String AMENDED = "AMENDED";
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(9);

    private final TopicLog log;
    private final AvroValues keys;
    private final AvroValues values;
    private final Map<AggregateName, BilledAggregate> latest = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long records;

    BillingLog(final RecountSettings settings, final RegistrySchemas schemas) {
        this.keys = new AvroValues(schemas.latest(settings.billingUsage() + "-key"), schemas::byId);
        this.values = new AvroValues(schemas.latest(settings.billingUsage() + "-value"), schemas::byId);
        this.log = new TopicLog(settings.billingUsage(), settings.client());
    }

    /** Reads what has come since. */
    void advance() {
        log.advance(this::read);
    }

    Map<AggregateName, BilledAggregate> latest() {
        return Collections.unmodifiableMap(latest);
    }

    /** What no biller could live with, whatever the quantities: bytes that cannot be read, gaps between revisions. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    long records() {
        return records;
    }

    private void read(final ConsumerRecord<byte[], byte[]> record) {
        records++;
        final Optional<GenericRecord> key = keys.read(record.key());
        final Optional<GenericRecord> value = values.read(record.value());
        if (key.isEmpty() || value.isEmpty()) {
            faults.add("record at partition " + record.partition() + ", offset " + record.offset()
                    + " is not an aggregate");
            return;
        }
        final AggregateName name = name(key.get());
        final BilledAggregate billed = billed(value.get());
        if (!name.equals(name(value.get()))) {
            faults.add(name + ": the value's key fields say " + name(value.get()));
        }
        final BilledAggregate before = latest.put(name, billed);
        final long expected = before == null ? 1 : before.revision() + 1;
        if (billed.revision() != expected) {
            faults.add(name + ": revision " + billed.revision() + " where " + expected + " was to come");
        }
        final Optional<BigDecimal> previous = billed.status().equals(AMENDED)
                ? Optional.of(before == null ? NOTHING : before.quantity())
                : Optional.empty();
        if (!billed.previousQuantity().equals(previous)) {
            faults.add(name + ": revision " + billed.revision() + " says that the quantity before was "
                    + billed.previousQuantity() + ", it was " + previous);
        }
    }

    static AggregateName name(final GenericRecord from) {
        return new AggregateName(
                AvroValues.text(from, "customerId"),
                AvroValues.text(from, "feature"),
                AvroValues.number(from, "periodStart"),
                AvroValues.pairs(from, "groups", "property", "value"));
    }

    static BilledAggregate billed(final GenericRecord from) {
        return new BilledAggregate(
                AvroValues.number(from, "revision"),
                AvroValues.text(from, "aggregation"),
                AvroValues.text(from, "unit"),
                AvroValues.decimal(from, "quantity"),
                AvroValues.number(from, "eventCount"),
                AvroValues.number(from, "duplicateCount"),
                AvroValues.number(from, "lateCount"),
                AvroValues.number(from, "voidCount"),
                AvroValues.optionalNumber(from, "firstOccurredAt"),
                AvroValues.optionalNumber(from, "lastOccurredAt"),
                AvroValues.number(from, "periodEnd"),
                AvroValues.text(from, "status"),
                AvroValues.optionalDecimal(from, "previousQuantity"),
                Hashes.toNumber(AvroValues.bytes(from, "countedKeysDigest")),
                (int) AvroValues.number(from, "sourcePartition"),
                AvroValues.number(from, "sourceOffset"),
                AvroValues.number(from, "catalogRevision"));
    }

    @Override
    public void close() {
        log.close();
    }
}
