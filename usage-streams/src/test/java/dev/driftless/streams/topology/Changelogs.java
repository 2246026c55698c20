package dev.driftless.streams.topology;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** What the application has written into its changelogs, compacted. */
final class Changelogs {
    private final String prefix;
    private final List<String> stores;
    private final Map<String, Map<Bytes, TestRecord<byte[], byte[]>>> rows = new LinkedHashMap<>();

    Changelogs(final String applicationId, final List<String> stores) {
        this.prefix = applicationId + "-";
        this.stores = stores;
    }

    /** Takes over what a run has written since it was last asked. */
    void takeFrom(final TopologyTestDriver driver) {
        for (final String store : stores) {
            final Map<Bytes, TestRecord<byte[], byte[]>> kept =
                    rows.computeIfAbsent(store, absent -> new LinkedHashMap<>());
            driver.createOutputTopic(
                            prefix + store + "-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .forEach(record -> {
                        final Bytes key = Bytes.wrap(record.key());
                        kept.remove(key);
                        if (record.value() != null) {
                            kept.put(key, record);
                        }
                    });
        }
    }

    /** All of it, by the names of stores. */
    Map<String, List<ConsumerRecord<byte[], byte[]>>> byStore() {
        return rows.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().values().stream()
                        .map(record -> new ConsumerRecord<>(
                                prefix + entry.getKey() + "-changelog", 0, 0, record.key(), record.value()))
                        .toList()));
    }
}
