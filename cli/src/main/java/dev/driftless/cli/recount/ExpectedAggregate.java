package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.recount.Totals.Distinct;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Function;

/** What an aggregate should be. Grows with each event; for use by one thread. */
public final class ExpectedAggregate {
    private static final BigInteger DIGEST_MODULUS = BigInteger.ONE.shiftLeft(256);

    private final FeatureTable.Definition feature;
    private final Period period;
    private final int partition;
    private final Total total;
    private BigInteger digest = BigInteger.ZERO;
    private long events;
    private long duplicates;
    private long late;
    private long voids;
    private boolean isAmended;
    private String status = "OPEN";
    private Optional<Long> firstOccurredAt = Optional.empty();
    private Optional<Long> lastOccurredAt = Optional.empty();
    private long lastOffset = -1;
    private long lastCountedAt = Long.MIN_VALUE;

    ExpectedAggregate(final FeatureTable.Definition feature, final Period period, final int partition) {
        this(feature, period, partition, Distinct.in(new HashMap<>()));
    }

    ExpectedAggregate(
            final FeatureTable.Definition feature, final Period period, final int partition, final Distinct values) {
        this.feature = requireNonNull(feature);
        this.period = requireNonNull(period);
        this.partition = partition;
        this.total = feature.aggregation().open(feature.uniqueProperty(), values);
    }

    Quantity kind() {
        return feature.aggregation();
    }

    Total total() {
        return total;
    }

    /** Whether the period has closed at a time of the partition, in milliseconds. */
    boolean isOver(final long now, final long grace) {
        return now >= period.end() + grace;
    }

    /** Decides the status, which is to be expected when the partition's time is this. */
    void settle(final long now, final long grace) {
        if (isOver(now, grace)) {
            status = isAmended ? "AMENDED" : "CLOSED";
        }
    }

    void count(final RawEvent event, final byte[] keyHash) {
        total.add(event);
        digest = digest.add(Hashes.toNumber(keyHash)).mod(DIGEST_MODULUS);
        events++;
        firstOccurredAt = Optional.of(Math.min(firstOccurredAt.orElse(Long.MAX_VALUE), event.occurredAt()));
        lastOccurredAt = Optional.of(Math.max(lastOccurredAt.orElse(Long.MIN_VALUE), event.occurredAt()));
    }

    /**
     * Takes an event back.
     *
     * @param isOwn whether it was counted here, and not in an earlier period
     */
    void takeBack(final RawEvent event, final byte[] keyHash, final boolean isOwn) {
        total.remove(event);
        digest = digest.subtract(Hashes.toNumber(keyHash)).mod(DIGEST_MODULUS);
        events -= isOwn ? 1 : 0;
        voids++;
    }

    void noteVoidOnArrival() {
        voids++;
    }

    void noteDuplicate() {
        duplicates++;
    }

    /**
     * Notes that the last change came after the period of its event had closed.
     *
     * @param isOwnPeriod whether that is this aggregate's
     */
    void noteLate(final boolean isOwnPeriod) {
        late++;
        isAmended |= isOwnPeriod;
    }

    /** Notes when an event was counted, by the partition's time. */
    void noteCountedAt(final long now) {
        lastCountedAt = now;
    }

    long lastCountedAt() {
        return lastCountedAt;
    }

    /** Notes that a record of the aggregate's own partition contributed. */
    void completeTo(final long offset) {
        lastOffset = Math.max(lastOffset, offset);
    }

    /** Name of the aggregation. */
    public String aggregation() {
        return feature.aggregation().name();
    }

    /** What a quantity of 1 is. */
    public String unit() {
        return feature.unit();
    }

    /** First millisecond after the period. */
    public long periodEnd() {
        return period.end();
    }

    public BigDecimal quantity() {
        return total.quantity();
    }

    BigInteger digest() {
        return digest;
    }

    public long events() {
        return events;
    }

    public long duplicates() {
        return duplicates;
    }

    long late() {
        return late;
    }

    long voids() {
        return voids;
    }

    String status() {
        return status;
    }

    Optional<Long> firstOccurredAt() {
        return firstOccurredAt;
    }

    Optional<Long> lastOccurredAt() {
        return lastOccurredAt;
    }

    int partition() {
        return partition;
    }

    long lastOffset() {
        return lastOffset;
    }

    /** Writes it down. */
    void writeTo(final DataOutputStream out) throws IOException {
        out.writeUTF(feature.code());
        out.writeLong(period.start());
        out.writeLong(period.end());
        out.writeInt(partition);
        total.writeTo(out);
        Packed.write(out, digest);
        out.writeLong(events);
        out.writeLong(duplicates);
        out.writeLong(late);
        out.writeLong(voids);
        out.writeBoolean(isAmended);
        Packed.writeOptional(out, firstOccurredAt, DataOutputStream::writeLong);
        Packed.writeOptional(out, lastOccurredAt, DataOutputStream::writeLong);
        out.writeLong(lastOffset);
        out.writeLong(lastCountedAt);
    }

    /** Reads what was written down. */
    static ExpectedAggregate readFrom(
            final DataInputStream in, final Function<String, FeatureTable.Definition> features, final Distinct values)
            throws IOException {
        final ExpectedAggregate read = new ExpectedAggregate(
                features.apply(in.readUTF()), new Period(in.readLong(), in.readLong()), in.readInt(), values);
        read.total.readFrom(in);
        read.digest = Packed.readInteger(in);
        read.events = in.readLong();
        read.duplicates = in.readLong();
        read.late = in.readLong();
        read.voids = in.readLong();
        read.isAmended = in.readBoolean();
        read.firstOccurredAt = Packed.readOptional(in, DataInputStream::readLong);
        read.lastOccurredAt = Packed.readOptional(in, DataInputStream::readLong);
        read.lastOffset = in.readLong();
        read.lastCountedAt = in.readLong();
        return read;
    }
}
