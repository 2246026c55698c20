package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/**
 * Partition of a customer: murmur2 of the customer id as UTF-8, made positive, modulo the number of partitions. This is
 * what Kafka's Java client does with a record's key.
 *
 * @see <a href="https://github.com/apache/kafka/blob/4.3.1/clients/src/main/java/org/apache/kafka/clients/producer/internals/BuiltInPartitioner.java">BuiltInPartitioner#partitionForKey</a>
 */
public final class CustomerPartitions {
    private CustomerPartitions() {}

    /** The partition of a customer. */
    public static int partitionOf(final String customerId, final int partitions) {
        return partitionOf(customerId.getBytes(UTF_8), partitions);
    }

    static int partitionOf(final byte[] customerId, final int partitions) {
        return Utils.toPositive(Utils.murmur2(customerId)) % partitions;
    }
}
