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
        final Map<String, Object> settings = new HashMap<>(connection.client());
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        try (Consumer<UsageAggregateKey, UsageAggregate> consumer = new KafkaConsumer<>(
                settings,
                connection.serdes().key(UsageAggregateKey.class).deserializer(),
                connection.serdes().value(UsageAggregate.class).deserializer())) {
            final List<TopicPartition> partitions = consumer.partitionsFor(Topics.DEFAULT.billingUsage()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            awaitEvents(consumer, customer, events, patience);
        }
    }

    private static void awaitEvents(
            final Consumer<UsageAggregateKey, UsageAggregate> consumer,
            final String customer,
            final long events,
            final Duration patience) {
        final Map<UsageAggregateKey, Long> counted = new HashMap<>();
        long deadline = System.nanoTime() + patience.toNanos();
        boolean reached = false;
        while (System.nanoTime() - deadline < 0) {
            consumer.poll(POLL).forEach(record -> {
                if (record.key().getCustomerId().equals(customer)) {
                    counted.merge(record.key(), record.value().getEventCount(), Math::max);
                }
            });
            final long all =
                    counted.values().stream().mapToLong(Long::longValue).sum();
            assertThat(all).as("events billed to %s", customer).isLessThanOrEqualTo(events);
            if (all == events && !reached) {
                reached = true;
                deadline = System.nanoTime() + AFTERWARDS.toNanos();
            }
        }
        assertThat(counted.values().stream().mapToLong(Long::longValue).sum())
                .as("events billed to %s", customer)
                .isEqualTo(events);
    }
}
