package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.period.Period;
import dev.driftless.streams.domain.period.PeriodCalendar;
import dev.driftless.streams.topology.decode.UndecodableException;
import dev.driftless.streams.topology.flow.Change.EndMoved;
import dev.driftless.streams.topology.store.AggregateStore;
import dev.driftless.streams.topology.store.Subscriptions;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the subscriptions of the partition's customers. Where a new term cuts the period of an open aggregate short, or
 * lengthens it, the aggregate's end moves, unless that would put outside what is already counted.
 *
 * <p>A row that can't be used is left out, and the one before it stands.
 */
final class LoadSubscriptionsProcessor implements Processor<byte[], byte[], Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(LoadSubscriptionsProcessor.class);

    private final TopologySettings settings;
    private final int partitions;
    private final SchemaRegistryClient registry;

    private ProcessorContext<Object, Object> context;
    private Subscriptions subscriptions;
    private AggregateStore aggregates;

    LoadSubscriptionsProcessor(
            final TopologySettings settings, final int partitions, final SchemaRegistryClient registry) {
        this.settings = settings;
        this.partitions = partitions;
        this.registry = registry;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.subscriptions = StateStores.subscriptions(context, registry);
        this.aggregates = StateStores.aggregates(context);
    }

    @Override
    public void process(final Record<byte[], byte[]> record) {
        try {
            requireUsable(record);
        } catch (final UndecodableException e) {
            LOG.error(
                    "A row of the subscriptions, partition {}, is left out: {}",
                    context.taskId().partition(),
                    e.getMessage());
            return;
        }
        subscriptions.put(record.key(), record.value());
        final String customerId = new String(record.key(), UTF_8);
        moveEnds(customerId, record.timestamp());
    }

    private void requireUsable(final Record<byte[], byte[]> record) throws UndecodableException {
        if (record.key() == null) {
            throw new UndecodableException("it has no key");
        }
        final int partition = CustomerPartitions.partitionOf(record.key(), partitions);
        if (partition != context.taskId().partition()) {
            throw new UndecodableException("key '" + Violation.shown(new String(record.key(), UTF_8))
                    + "' must stand in partition " + partition + ", where murmur2 puts it");
        }
        if (record.value() != null) {
            subscriptions.read(record.key(), record.value());
        }
    }

    private void moveEnds(final String customerId, final long timestamp) {
        final PeriodCalendar calendar = subscriptions.calendarOf(customerId);
        // The time that the account says: this step stands beside the one that moves it.
        final Instant now = PartitionTime.resume(context).now();
        aggregates.ofCustomer(customerId).stream()
                .filter(aggregate -> aggregate.status() == PeriodStatus.OPEN)
                .forEach(aggregate -> moveEnd(aggregate, calendar, now, timestamp));
    }

    private void moveEnd(
            final Aggregate aggregate, final PeriodCalendar calendar, final Instant now, final long timestamp) {
        final Period period = calendar.periodOf(aggregate.key().periodStart());
        final Instant end = period.end();
        final Aggregate moved = aggregate.endingAt(end);
        final boolean holdsAll =
                aggregate.tally().lastOccurredAt().map(end::isAfter).orElse(true);
        final boolean isLive = !aggregate.isOver(now, settings.closing().grace())
                && !moved.isOver(now, settings.closing().grace());
        if (period.start().equals(aggregate.key().periodStart())
                && !end.equals(aggregate.periodEnd())
                && holdsAll
                && isLive) {
            context.forward(new Record<>(null, new EndMoved(aggregate, moved, now), timestamp), Names.EMIT);
        }
    }
}
