package dev.driftless.streams.topology;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.topology.flow.Admitted;
import dev.driftless.streams.topology.flow.Countable.Repeat;
import dev.driftless.streams.topology.flow.Outcome.Rejected;
import dev.driftless.streams.topology.flow.Unseen;
import dev.driftless.streams.topology.store.DedupMarks;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Second step: lets new events pass, sends copies of counted ones past the checks to the aggregates, and rejects an event
 * that uses the key of a counted one for other content. An event whose void came before it is new. It marks nothing: only
 * what is counted is marked, when it is counted.
 */
final class DeduplicateProcessor implements Processor<Object, Admitted, Object, Object> {
    private final TopologySettings settings;

    private ProcessorContext<Object, Object> context;
    private DedupMarks marks;

    DeduplicateProcessor(final TopologySettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.marks = StateStores.dedupMarks(context, settings);
    }

    @Override
    public void process(final Record<Object, Admitted> record) {
        final Admitted admitted = record.value();
        final Optional<Mark> mark =
                marks.find(admitted.keyHash(), admitted.input().now());
        if (mark.isEmpty() || mark.get().awaits(admitted.event())) {
            context.forward(record.withValue(new Unseen(admitted, mark.isPresent())), Names.VALIDATE);
        } else if (mark.get().state() == Mark.State.VOID_AHEAD) {
            reject(record, wrongVoidAhead(admitted, mark.get()));
        } else if (mark.get().contentFingerprint() == admitted.contentFingerprint()) {
            context.forward(record.withValue(new Repeat(admitted, mark.get())), Names.AGGREGATE);
        } else {
            reject(record, conflict(admitted, mark.get()));
        }
    }

    private void reject(final Record<Object, Admitted> record, final Refusal refusal) {
        final Admitted admitted = record.value();
        context.forward(
                record.withValue(new Rejected(admitted.input(), Optional.of(admitted.event()), refusal)), Names.SETTLE);
    }

    private static Refusal wrongVoidAhead(final Admitted admitted, final Mark ahead) {
        return new Refusal(
                RejectionReason.IDEMPOTENCY_CONFLICT,
                "idempotencyKey '" + admitted.event().idempotencyKey()
                        + "' was taken back before it came, by a void with another feature or other properties at partition "
                        + ahead.origin().partition() + ", offset "
                        + ahead.origin().offset() + "; the void stands");
    }

    private static Refusal conflict(final Admitted admitted, final Mark first) {
        return new Refusal(
                RejectionReason.IDEMPOTENCY_CONFLICT,
                "idempotencyKey '" + admitted.event().idempotencyKey()
                        + "' was counted with another feature, value, properties or kind at partition "
                        + first.origin().partition() + ", offset "
                        + first.origin().offset() + "; the first stands");
    }
}
