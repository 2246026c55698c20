package dev.driftless.bench.run;

import static java.util.stream.Collectors.toMap;

import dev.driftless.cli.ConnectionOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the broker says about positions and sizes. */
final class Offsets {
    private static final int BROKER = 1;

    private final Admin admin;

    Offsets(final Admin admin) {
        this.admin = admin;
    }

    /** How many records a topic holds. */
    long records(final String topic, final int partitions) {
        final Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return ConnectionOptions.await(admin.listOffsets(wanted).all(), "ask for offsets").values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** How many records of a topic a group has committed. */
    long committed(final String group, final String topic) {
        final Map<TopicPartition, OffsetAndMetadata> committed = ConnectionOptions.await(
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), "ask for committed offsets");
        return committed.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /** Bytes of the logs of topics. */
    long bytes(final Predicate<String> topics) {
        final Collection<LogDirDescription> directories = ConnectionOptions.await(
                        admin.describeLogDirs(List.of(BROKER)).allDescriptions(), "ask for log sizes")
                .get(BROKER)
                .values();
        return directories.stream()
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> topics.test(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }
}
