package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.recount.Finding.Kind;
import dev.driftless.cli.recount.Spilled.Codec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is billed: of each aggregate the highest revision.
 *
 * <p>Compaction leaves only the last record of a key, up to some offset. A key that stands twice says that nothing was
 * compacted from its second record on; so a revision that is missing between two records after that was never there.
 *
 * <p>For use by one thread.
 */
final class BilledTable {
    private final AvroValues keys;
    private final AvroValues values;
    private final Spilled<AggregateName, Billed> latest;
    private final Spilled<Integer, Long> firstRepeat;
    private final Spilled<Integer, Long> lastSource;
    private final Consumer<Finding> findings;

    /** An aggregate's last record, and its offset. */
    private record Billed(BilledAggregate aggregate, long offset) {
        private static final Codec<Billed> CODEC = Packed.codec(Billed::write, Billed::read);

        private static void write(final DataOutputStream out, final Billed billed) throws IOException {
            final BilledAggregate aggregate = billed.aggregate();
            out.writeLong(billed.offset());
            out.writeLong(aggregate.revision());
            out.writeUTF(aggregate.aggregation());
            out.writeUTF(aggregate.unit());
            Packed.write(out, aggregate.quantity());
            out.writeLong(aggregate.events());
            out.writeLong(aggregate.duplicates());
            out.writeLong(aggregate.late());
            out.writeLong(aggregate.voids());
            Packed.writeOptional(out, aggregate.firstOccurredAt(), DataOutputStream::writeLong);
            Packed.writeOptional(out, aggregate.lastOccurredAt(), DataOutputStream::writeLong);
            out.writeLong(aggregate.periodEnd());
            out.writeUTF(aggregate.status());
            Packed.writeOptional(out, aggregate.previousQuantity(), Packed::write);
            Packed.write(out, aggregate.digest());
            out.writeInt(aggregate.sourcePartition());
            out.writeLong(aggregate.sourceOffset());
            out.writeLong(aggregate.catalogRevision());
        }

        private static Billed read(final DataInputStream in) throws IOException {
            final long offset = in.readLong();
            return new Billed(
                    new BilledAggregate(
                            in.readLong(),
                            in.readUTF(),
                            in.readUTF(),
                            Packed.readDecimal(in),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            Packed.readOptional(in, DataInputStream::readLong),
                            Packed.readOptional(in, DataInputStream::readLong),
                            in.readLong(),
                            in.readUTF(),
                            Packed.readOptional(in, Packed::readDecimal),
                            Packed.readInteger(in),
                            in.readInt(),
                            in.readLong(),
                            in.readLong()),
                    offset);
        }
    }

    BilledTable(final AvroValues keys, final AvroValues values, final Shelf shelf, final Consumer<Finding> findings) {
        this.keys = requireNonNull(keys);
        this.values = requireNonNull(values);
        this.latest = new Spilled<>(shelf, 'b', Packed.NAME, Billed.CODEC);
        this.firstRepeat = new Spilled<>(shelf, 'B', Packed.INT, Packed.LONG);
        this.lastSource = new Spilled<>(shelf, 'M', Packed.INT, Packed.LONG);
        this.findings = requireNonNull(findings);
    }

    void read(final ConsumerRecord<byte[], byte[]> record) {
        final Optional<GenericRecord> key = keys.read(record.key());
        final Optional<GenericRecord> value = values.read(record.value());
        if (key.isEmpty() || value.isEmpty()) {
            findings.accept(Finding.of(
                    Kind.AGGREGATE_UNREADABLE,
                    record.topic() + " partition " + record.partition() + ", offset " + record.offset()
                            + ": the record is not an aggregate"));
            return;
        }
        final AggregateName name = BillingLog.name(key.get());
        final BilledAggregate billed = BillingLog.billed(value.get());
        if (!name.equals(BillingLog.name(value.get()))) {
            findings.accept(Finding.of(
                    Kind.AGGREGATE_UNREADABLE, name, "the value's key fields say " + BillingLog.name(value.get())));
        }
        final Optional<Billed> before = latest.get(name);
        before.ifPresent(last -> follow(name, last, billed, record));
        if (before.isEmpty() || before.get().aggregate().revision() <= billed.revision()) {
            latest.put(name, new Billed(billed, record.offset()));
            final int source = billed.sourcePartition();
            lastSource.put(source, Math.max(lastSourceOffset(source), billed.sourceOffset()));
        }
    }

    private void follow(
            final AggregateName name,
            final Billed last,
            final BilledAggregate billed,
            final ConsumerRecord<byte[], byte[]> record) {
        final long before = last.aggregate().revision();
        final boolean isWhole = firstRepeat
                .get(record.partition())
                .filter(offset -> offset <= last.offset())
                .isPresent();
        if (billed.revision() <= before) {
            findings.accept(Finding.of(
                    Kind.AGGREGATE_DOUBLED,
                    name,
                    "revision " + billed.revision() + " stands at offset " + record.offset() + ", after revision "
                            + before + " at offset " + last.offset()));
        } else if (billed.revision() > before + 1 && isWhole) {
            findings.accept(Finding.of(
                    Kind.REVISION_GAP,
                    name,
                    "revision " + billed.revision() + " at offset " + record.offset() + " follows revision " + before));
        }
        if (firstRepeat.get(record.partition()).isEmpty()) {
            firstRepeat.put(record.partition(), record.offset());
        }
    }

    Optional<BilledAggregate> find(final AggregateName name) {
        return latest.get(name).map(Billed::aggregate);
    }

    /** Up to which offset of a partition of the usage events any aggregate is; -1 if there is none. */
    long lastSourceOffset(final int partition) {
        return lastSource.get(partition).orElse(-1L);
    }

    void forEach(final BiConsumer<AggregateName, BilledAggregate> visitor) {
        latest.forEach((name, billed) -> visitor.accept(name, billed.aggregate()));
    }

    void flush() {
        latest.flush();
        firstRepeat.flush();
        lastSource.flush();
    }
}
