package dev.driftless.streams.topology;

import dev.driftless.schemas.UsageAggregateKey;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Where the application's own records go; given explicitly, so that no producer setting can change it. */
final class Partitioners {
    private Partitioners() {}

    /** By the customer id that is the record's key. */
    static Optional<Set<Integer>> byCustomer(
            final String topic, final byte[] customerId, final byte[] value, final int partitions) {
        return Optional.of(Set.of(CustomerPartitions.partitionOf(customerId, partitions)));
    }

    /** By the customer id within the record's key. */
    static Optional<Set<Integer>> byAggregateCustomer(
            final String topic, final UsageAggregateKey key, final Object value, final int partitions) {
        return Optional.of(Set.of(CustomerPartitions.partitionOf(key.getCustomerId(), partitions)));
    }

    /** To the partition that is the tick's key. */
    static StreamPartitioner<Integer, byte[]> ofTick() {
        return (topic, partition, value, partitions) -> Optional.of(Set.of(partition % partitions));
    }
}
