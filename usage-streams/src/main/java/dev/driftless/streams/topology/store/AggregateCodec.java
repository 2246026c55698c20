package dev.driftless.streams.topology.store;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.CountedKeysDigest;
import dev.driftless.streams.domain.Emission;
import dev.driftless.streams.domain.Emission.LastRecord;
import dev.driftless.streams.domain.Tally;
import dev.driftless.streams.state.AggregateState;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Aggregates as bytes; the key is not part of them. */
final class AggregateCodec {
    private final StateCodec<AggregateState> codec =
            new StateCodec<>(AggregateState.getEncoder(), AggregateState.getDecoder());

    byte[] encode(final Aggregate aggregate) {
        final Tally tally = aggregate.tally();
        final Emission emission = aggregate.emission();
        return codec.encode(AggregateState.newBuilder()
                .setPeriodEnd(aggregate.periodEnd())
                .setAggregation(aggregate.aggregation().name())
                .setUnit(aggregate.unit())
                .setUniqueProperty(aggregate.uniqueProperty().orElse(null))
                .setStatus(aggregate.status().name())
                .setQuantity(scaled(tally.quantity()))
                .setEventCount(tally.eventCount())
                .setDuplicateCount(tally.duplicateCount())
                .setLateCount(tally.lateCount())
                .setVoidCount(tally.voidCount())
                .setFirstOccurredAt(tally.firstOccurredAt().orElse(null))
                .setLastOccurredAt(tally.lastOccurredAt().orElse(null))
                .setCountedKeysDigest(ByteBuffer.wrap(tally.countedKeys().bytes()))
                .setSourceOffset(aggregate.sourceOffset())
                .setCatalogRevision(aggregate.catalogRevision())
                .setRevision(emission.revision())
                .setEmittedAt(emission.last().map(LastRecord::at).orElse(null))
                .setEmittedQuantity(emission.last()
                        .map(LastRecord::quantity)
                        .map(AggregateCodec::scaled)
                        .orElse(null))
                .setDueAt(emission.dueAt().orElse(null))
                .build());
    }

    Aggregate decode(final AggregateKey key, final byte[] bytes) {
        final AggregateState state = codec.decode(bytes);
        return new Aggregate(
                key,
                state.getPeriodEnd(),
                Aggregation.valueOf(state.getAggregation()),
                state.getUnit(),
                Optional.ofNullable(state.getUniqueProperty()),
                PeriodStatus.valueOf(state.getStatus()),
                tallyOf(state),
                state.getSourceOffset(),
                state.getCatalogRevision(),
                new Emission(
                        state.getRevision(),
                        Optional.ofNullable(state.getEmittedAt())
                                .map(at -> new LastRecord(at, state.getEmittedQuantity())),
                        Optional.ofNullable(state.getDueAt())));
    }

    private static Tally tallyOf(final AggregateState state) {
        return new Tally(
                state.getQuantity(),
                state.getEventCount(),
                state.getDuplicateCount(),
                state.getLateCount(),
                state.getVoidCount(),
                Optional.ofNullable(state.getFirstOccurredAt()),
                Optional.ofNullable(state.getLastOccurredAt()),
                CountedKeysDigest.of(bytesOf(state.getCountedKeysDigest())));
    }

    private static BigDecimal scaled(final BigDecimal quantity) {
        return quantity.setScale(FieldRules.SCALE);
    }

    private static byte[] bytesOf(final ByteBuffer buffer) {
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
