package dev.driftless.streams.topology;

import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.topology.flow.Input;
import dev.driftless.streams.topology.flow.Outcome.Rejected;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Rejections as the records of their topic. A field that breaks its own rule is left out: it stands in the original bytes,
 * and could be of any size. The bytes of a record that is larger than any may be are left out, since a batch that is
 * compressed well can hold more than could be written again: they stand where the rejection says.
 */
final class RejectedRecords {
    private RejectedRecords() {}

    /** The event's customer, where it is known; the record's key. */
    static Optional<String> customerOf(final Rejected rejected) {
        return rejected.event().map(Event::customerId).filter(id -> FieldRules.customerId(id)
                .isEmpty());
    }

    static RejectedUsage valueOf(final Rejected rejected, final int mostBytes) {
        final Input input = rejected.input();
        final boolean isKept = input.bytes() <= mostBytes;
        final Optional<Event> event = rejected.event();
        return RejectedUsage.newBuilder()
                .setReason(rejected.refusal().reason())
                .setDetail(rejected.refusal().detail())
                .setCustomerId(customerOf(rejected).orElse(null))
                .setFeature(event.map(Event::feature)
                        .filter(code -> FieldRules.feature(code).isEmpty())
                        .orElse(null))
                .setIdempotencyKey(event.map(Event::idempotencyKey)
                        .filter(key -> FieldRules.idempotencyKey(key).isEmpty())
                        .orElse(null))
                .setOccurredAt(event.map(Event::occurredAt)
                        .filter(time -> FieldRules.occurredAt(time).isEmpty())
                        .orElse(null))
                .setSourcePartition(input.origin().partition())
                .setSourceOffset(input.origin().offset())
                .setArrivedAt(input.arrivedAt())
                .setOriginalKey(input.key() == null || !isKept ? null : ByteBuffer.wrap(input.key()))
                .setOriginalValue(input.value() == null || !isKept ? null : ByteBuffer.wrap(input.value()))
                .build();
    }
}
