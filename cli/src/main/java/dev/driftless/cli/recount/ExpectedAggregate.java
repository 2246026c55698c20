package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What an aggregate should be. Grows with each event; for use by one thread. */
public final class ExpectedAggregate {
    private static final BigInteger DIGEST_MODULUS = BigInteger.ONE.shiftLeft(256);

    /** How long after its end a period stays open, unless configured otherwise. */
    private static final long GRACE_MILLIS = 3_600_000;

    private final FeatureTable.Definition feature;
    private final Month period;
    private final int partition;
    private BigDecimal quantity = BigDecimal.ZERO;
    private BigInteger digest = BigInteger.ZERO;
    private long events;
    private long duplicates;
    private long late;
    private String status = "OPEN";
    private long firstOccurredAt = Long.MAX_VALUE;
    private long lastOccurredAt = Long.MIN_VALUE;
    private long lastOffset = -1;

    ExpectedAggregate(final FeatureTable.Definition feature, final Month period, final int partition) {
        this.feature = feature;
        this.period = period;
        this.partition = partition;
    }

    /** Whether the quantity would still be one that a record can hold. */
    boolean hasRoomFor(final BigDecimal value) {
        return FieldChecks.isQuantity(feature.aggregation().after(quantity, value));
    }

    /** Whether the period had closed at a time of the partition. */
    boolean isOver(final long now) {
        return now >= period.end() + GRACE_MILLIS;
    }

    /** Decides the status, which is to be expected when the partition's time is this. */
    void settle(final long now) {
        if (isOver(now)) {
            status = late > 0 ? "AMENDED" : "CLOSED";
        }
    }

    void count(final RawEvent event, final byte[] keyHash, final long now) {
        if (isOver(now)) {
            late++;
        }
        quantity = feature.aggregation().after(quantity, event.value());
        digest = digest.add(Hashes.toNumber(keyHash)).mod(DIGEST_MODULUS);
        events++;
        firstOccurredAt = Math.min(firstOccurredAt, event.occurredAt());
        lastOccurredAt = Math.max(lastOccurredAt, event.occurredAt());
    }

    void noteDuplicate() {
        duplicates++;
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
        return quantity;
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

    String status() {
        return status;
    }

    long firstOccurredAt() {
        return firstOccurredAt;
    }

    long lastOccurredAt() {
        return lastOccurredAt;
    }

    int partition() {
        return partition;
    }

    long lastOffset() {
        return lastOffset;
    }
}
