package dev.driftless.streams.topology;

import dev.driftless.schemas.GroupValue;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
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
     * @param partition partition of the usage events from which the aggregate is computed
     * @param readTo offset to which it is complete; -1 if only re-routed events were read so far
     */
    static UsageAggregate valueOf(final Aggregate aggregate, final int partition, final Optional<Long> readTo) {
        final AggregateKey key = aggregate.key();
        return UsageAggregate.newBuilder()
                .setCustomerId(key.customerId())
                .setFeature(key.feature())
                .setPeriodStart(key.periodStart())
                .setPeriodEnd(aggregate.periodEnd())
                .setGroups(groupsOf(key))
                .setAggregation(aggregate.aggregation())
                .setUnit(aggregate.unit())
                .setQuantity(aggregate.quantity().setScale(FieldRules.SCALE))
                .setEventCount(aggregate.eventCount())
                .setDuplicateCount(aggregate.duplicateCount())
                .setLateCount(aggregate.lateCount())
                .setFirstOccurredAt(aggregate.firstOccurredAt().orElse(null))
                .setLastOccurredAt(aggregate.lastOccurredAt().orElse(null))
                .setRevision(aggregate.emission().revision())
                .setStatus(aggregate.status())
                .setCountedKeysDigest(ByteBuffer.wrap(aggregate.countedKeys().bytes()))
                .setSourcePartition(partition)
                .setSourceOffset(readTo.orElse(-1L))
                .setCatalogRevision(aggregate.catalogRevision())
                .build();
    }

    private static List<GroupValue> groupsOf(final AggregateKey key) {
        return key.groups().stream()
                .map(group -> new GroupValue(group.property(), group.value()))
                .toList();
    }
}
