package dev.driftless.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** What a billing system reads. */
final class Billed {
    private static final Duration POLL = Duration.ofMillis(200);
    /** As long as a second copy of an event might take to move an aggregate. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private Billed() {}

    /** Waits until a customer is billed for so many events, and fails if it is ever more. */
    static void awaitEvents(
            final ConnectionOptions connection, final String customer, final long events, final Duration patience) {
        final Map<String, Long> unused = awaitEvents(connection, Map.of(customer, events), patience);
    }

    /**
     * Waits until each customer is billed for its number of events, and fails if it is ever more.
     *
     * @return how many duplicates of them there were, by customer
     */
    static Map<String, Long> awaitEvents(
            final ConnectionOptions connection, final Map<String, Long> events, final Duration patience) {
        try (Consumer<UsageAggregateKey, UsageAggregate> consumer = consumer(connection)) {
            return awaitEvents(consumer, events, patience);
        }
    }

    /** Waits until a customer is billed for something. */
    static void awaitAny(final ConnectionOptions connection, final String customer, final Duration patience) {
        try (Consumer<UsageAggregateKey, UsageAggregate> consumer = consumer(connection)) {
            final long deadline = System.nanoTime() + patience.toNanos();
            boolean isBilled = false;
            while (!isBilled) {
                assertThat(System.nanoTime()).as("time for %s", customer).isLessThan(deadline);
                for (final var row : consumer.poll(POLL)) {
                    isBilled |= row.key().getCustomerId().equals(customer);
                }
            }
        }
    }

    private static Consumer<UsageAggregateKey, UsageAggregate> consumer(final ConnectionOptions connection) {
        final Map<String, Object> settings = new HashMap<>(connection.client());
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        final Consumer<UsageAggregateKey, UsageAggregate> consumer = new KafkaConsumer<>(
                settings,
                connection.serdes().key(UsageAggregateKey.class).deserializer(),
                connection.serdes().value(UsageAggregate.class).deserializer());
        final List<TopicPartition> partitions = consumer.partitionsFor(Topics.DEFAULT.billingUsage()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static Map<String, Long> awaitEvents(
            final Consumer<UsageAggregateKey, UsageAggregate> consumer,
            final Map<String, Long> events,
            final Duration patience) {
        final Map<UsageAggregateKey, UsageAggregate> billed = new HashMap<>();
        long deadline = System.nanoTime() + patience.toNanos();
        boolean reached = false;
        while (System.nanoTime() - deadline < 0) {
            consumer.poll(POLL).forEach(record -> {
                if (events.containsKey(record.key().getCustomerId())) {
                    billed.put(record.key(), record.value());
                }
            });
            final Map<String, Long> counted = sum(billed, UsageAggregate::getEventCount);
            counted.forEach((customer, count) ->
                    assertThat(count).as("events billed to %s", customer).isLessThanOrEqualTo(events.get(customer)));
            if (counted.equals(events) && !reached) {
                reached = true;
                deadline = System.nanoTime() + AFTERWARDS.toNanos();
            }
        }
        assertThat(sum(billed, UsageAggregate::getEventCount))
                .as("events billed")
                .isEqualTo(events);
        return sum(billed, UsageAggregate::getDuplicateCount);
    }

    private static Map<String, Long> sum(
            final Map<UsageAggregateKey, UsageAggregate> billed, final ToLongFunction<UsageAggregate> count) {
        final Map<String, Long> sums = new HashMap<>();
        billed.forEach((key, aggregate) -> sums.merge(key.getCustomerId(), count.applyAsLong(aggregate), Long::sum));
        return sums;
    }
}
