package dev.driftless.streams.topology;

import dev.driftless.schemas.GroupValue;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.Tally;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Aggregates as the records of the billing topic. */
final class BillingRecords {
    private BillingRecords() {}

    static UsageAggregateKey keyOf(final Aggregate aggregate) {
        final AggregateKey key = aggregate.key();
        return new UsageAggregateKey(key.customerId(), key.feature(), key.periodStart(), groupsOf(key));
    }

    /**
     * The record's value.
     *
     * @param emitted the aggregate, the emission of this record included
     * @param previous quantity of the record before this one
     * @param partition partition of the usage events from which the aggregate is computed
     */
    static UsageAggregate valueOf(final Aggregate emitted, final Optional<BigDecimal> previous, final int partition) {
        final AggregateKey key = emitted.key();
        final Tally tally = emitted.tally();
        final boolean isAmended = emitted.status() == PeriodStatus.AMENDED;
        return UsageAggregate.newBuilder()
                .setCustomerId(key.customerId())
                .setFeature(key.feature())
                .setPeriodStart(key.periodStart())
                .setPeriodEnd(emitted.periodEnd())
                .setGroups(groupsOf(key))
                .setAggregation(emitted.aggregation())
                .setUnit(emitted.unit())
                .setQuantity(scaled(tally.quantity()))
                .setEventCount(tally.eventCount())
                .setDuplicateCount(tally.duplicateCount())
                .setLateCount(tally.lateCount())
                .setVoidCount(tally.voidCount())
                .setFirstOccurredAt(tally.firstOccurredAt().orElse(null))
                .setLastOccurredAt(tally.lastOccurredAt().orElse(null))
                .setRevision(emitted.emission().revision())
                .setStatus(emitted.status())
                .setPreviousQuantity(isAmended ? scaled(previous.orElse(BigDecimal.ZERO)) : null)
                .setCountedKeysDigest(ByteBuffer.wrap(tally.countedKeys().bytes()))
                .setSourcePartition(partition)
                .setSourceOffset(emitted.sourceOffset())
                .setCatalogRevision(emitted.catalogRevision())
                .build();
    }

    private static BigDecimal scaled(final BigDecimal quantity) {
        return quantity.setScale(FieldRules.SCALE);
    }

    private static List<GroupValue> groupsOf(final AggregateKey key) {
        return key.groups().stream()
                .map(group -> new GroupValue(group.property(), group.value()))
                .toList();
    }
}
