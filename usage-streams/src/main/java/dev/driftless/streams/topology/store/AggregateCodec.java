package dev.driftless.streams.topology.store;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.CountedKeysDigest;
import dev.driftless.streams.domain.Emission;
import dev.driftless.streams.state.AggregateState;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Aggregates as bytes; the key is not part of them. */
final class AggregateCodec {
    private final StateCodec<AggregateState> codec =
            new StateCodec<>(AggregateState.getEncoder(), AggregateState.getDecoder());

    byte[] encode(final Aggregate aggregate) {
        final Emission emission = aggregate.emission();
        return codec.encode(new AggregateState(
                aggregate.periodEnd(),
                aggregate.aggregation().name(),
                aggregate.unit(),
                aggregate.quantity().setScale(FieldRules.SCALE),
                aggregate.eventCount(),
                aggregate.duplicateCount(),
                aggregate.lateCount(),
                aggregate.firstOccurredAt().orElse(null),
                aggregate.lastOccurredAt().orElse(null),
                ByteBuffer.wrap(aggregate.countedKeys().bytes()),
                aggregate.status().name(),
                aggregate.catalogRevision(),
                emission.revision(),
                emission.emittedAt().orElse(null),
                emission.dueAt().orElse(null)));
    }

    Aggregate decode(final AggregateKey key, final byte[] bytes) {
        final AggregateState state = codec.decode(bytes);
        return new Aggregate(
                key,
                state.getPeriodEnd(),
                Aggregation.valueOf(state.getAggregation()),
                state.getUnit(),
                state.getQuantity(),
                state.getEventCount(),
                state.getDuplicateCount(),
                state.getLateCount(),
                Optional.ofNullable(state.getFirstOccurredAt()),
                Optional.ofNullable(state.getLastOccurredAt()),
                CountedKeysDigest.of(bytesOf(state.getCountedKeysDigest())),
                PeriodStatus.valueOf(state.getStatus()),
                state.getCatalogRevision(),
                new Emission(
                        state.getRevision(),
                        Optional.ofNullable(state.getEmittedAt()),
                        Optional.ofNullable(state.getDueAt())));
    }

    private static byte[] bytesOf(final ByteBuffer buffer) {
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
