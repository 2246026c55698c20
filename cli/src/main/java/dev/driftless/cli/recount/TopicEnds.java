package dev.driftless.cli.recount;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers how far topics go, and how far they were read. */
final class TopicEnds implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Admin admin;

    TopicEnds(final Map<String, Object> client) {
        this.admin = Admin.create(client);
    }

    /** Offset of the first record of each partition that is still there, or would be. */
    Map<Integer, Long> begins(final String topic) {
        return offsets(topic, OffsetSpec.earliest());
    }

    /** Offset after the last record of each partition that is committed. */
    Map<Integer, Long> ends(final String topic) {
        return offsets(topic, OffsetSpec.latest());
    }

    /** Offset of the first record that came at a time or later, or the end. */
    Map<Integer, Long> at(final String topic, final long time) {
        final Map<Integer, Long> ends = ends(topic);
        final Map<Integer, Long> found = new TreeMap<>(offsets(topic, OffsetSpec.forTimestamp(time)));
        found.replaceAll((partition, offset) -> offset < 0 ? ends.get(partition) : offset);
        return found;
    }

    private Map<Integer, Long> offsets(final String topic, final OffsetSpec spec) {
        final List<TopicPartition> partitions =
                await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        final Map<TopicPartition, ListOffsetsResultInfo> offsets = await(admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
        final Map<Integer, Long> byPartition = new TreeMap<>();
        offsets.forEach((partition, offset) -> byPartition.put(partition.partition(), offset.offset()));
        return byPartition;
    }

    /** Where a consumer group goes on in a topic; nothing if it has not read of a partition. */
    Map<Integer, Long> committed(final String group, final String topic) {
        final Map<Integer, Long> committed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (partition.topic().equals(topic)) {
                        Optional.ofNullable(offset)
                                .ifPresent(known -> committed.put(partition.partition(), known.offset()));
                    }
                });
        return committed;
    }

    private static <T> T await(final KafkaFuture<T> result) {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (final ExecutionException failure) {
            throw new RecountException(
                    "Kafka cannot be asked: " + failure.getCause().getMessage(), failure);
        } catch (final TimeoutException late) {
            throw new RecountException("Kafka does not answer", late);
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new RecountException("interrupted", interrupt);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
