package dev.driftless.streams.topology;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.domain.period.Period;
import dev.driftless.streams.domain.period.PeriodCalendar;
import dev.driftless.streams.topology.flow.Admitted;
import dev.driftless.streams.topology.flow.Change.AggregateMoved;
import dev.driftless.streams.topology.flow.Countable;
import dev.driftless.streams.topology.flow.Countable.First;
import dev.driftless.streams.topology.flow.Countable.Repeat;
import dev.driftless.streams.topology.flow.Input;
import dev.driftless.streams.topology.flow.Outcome;
import dev.driftless.streams.topology.flow.Outcome.Counted;
import dev.driftless.streams.topology.flow.Outcome.Duplicate;
import dev.driftless.streams.topology.flow.Outcome.Rejected;
import dev.driftless.streams.topology.store.AggregateStore;
import dev.driftless.streams.topology.store.Catalog;
import dev.driftless.streams.topology.store.DedupMarks;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Fourth step: counts a new event into its aggregate and marks its key, or notes one more copy of a counted event. The
 * aggregate's new state is kept by the {@link EmitProcessor}, together with what it decides about its emission.
 */
final class AggregateProcessor implements Processor<Object, Countable, Object, Object> {
    private final TopologySettings settings;
    private final PeriodCalendar calendar;
    private final SchemaRegistryClient registry;

    private ProcessorContext<Object, Object> context;
    private AggregateStore aggregates;
    private DedupMarks marks;
    private Catalog catalog;

    AggregateProcessor(
            final TopologySettings settings, final PeriodCalendar calendar, final SchemaRegistryClient registry) {
        this.settings = settings;
        this.calendar = calendar;
        this.registry = registry;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.aggregates = new AggregateStore(context.getStateStore(Names.AGGREGATE_STORE));
        this.marks = StateStores.dedupMarks(context, settings);
        this.catalog = StateStores.catalog(context, registry);
    }

    @Override
    public void process(final Record<Object, Countable> record) {
        final Countable countable = record.value();
        if (countable instanceof First first) {
            count(record, first);
        } else if (countable instanceof Repeat repeat) {
            noteCopy(record, repeat);
        }
    }

    private void count(final Record<Object, Countable> record, final First first) {
        final Admitted admitted = first.admitted();
        final Event event = admitted.event();
        final Period period = calendar.periodOf(event.occurredAt());
        final AggregateKey key = first.feature().aggregateKey(event, period.start());
        final Aggregate before =
                aggregates.find(key).orElseGet(() -> Aggregate.open(key, period.end(), first.feature()));
        before.count(event, admitted.keyHash(), first.feature())
                .ifPresentOrElse(
                        after -> {
                            marks.put(admitted.keyHash(), markOf(admitted, period.start()));
                            move(record, after, admitted.input());
                            settle(record, new Counted(admitted.input()));
                        },
                        () -> settle(
                                record, new Rejected(admitted.input(), Optional.of(event), overflow(event, before))));
    }

    private void noteCopy(final Record<Object, Countable> record, final Repeat repeat) {
        final Event event = repeat.admitted().event();
        final Input input = repeat.admitted().input();
        final Optional<Feature> feature = catalog.find(event.feature());
        feature.map(known -> known.aggregateKey(event, repeat.mark().periodStart()))
                .flatMap(aggregates::find)
                .ifPresent(aggregate -> move(record, aggregate.repeat(), input));
        settle(record, new Duplicate(input));
    }

    private void move(final Record<Object, Countable> record, final Aggregate after, final Input input) {
        context.forward(record.withValue(new AggregateMoved(after, input.now(), input.readTo())), Names.EMIT);
    }

    private void settle(final Record<Object, Countable> record, final Outcome outcome) {
        context.forward(record.withValue(outcome), Names.SETTLE);
    }

    private static Mark markOf(final Admitted admitted, final Instant periodStart) {
        final Input input = admitted.input();
        return new Mark(admitted.contentFingerprint(), input.origin(), input.now(), periodStart);
    }

    private static Refusal overflow(final Event event, final Aggregate before) {
        return new Refusal(
                RejectionReason.OVERFLOW,
                "value '" + event.value().toPlainString() + "' must leave the quantity of feature '" + event.feature()
                        + "', now " + before.quantity().toPlainString() + ", below 10^29");
    }
}
