package dev.driftless.streams.app.hold;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The partitions of this process that wait for a schema. Safe for use by several threads. */
public final class HeldPartitions {
    private static final Logger LOG = LoggerFactory.getLogger(HeldPartitions.class);

    private final Map<TopicPartition, Integer> held = new ConcurrentHashMap<>();

    /** Those that wait now. */
    public Set<TopicPartition> now() {
        return Set.copyOf(held.keySet());
    }

    void add(final TopicPartition partition, final long offset, final int schemaId) {
        if (held.put(partition, schemaId) == null) {
            LOG.warn(
                    "{} waits before offset {}: the schema registry has not told schema {} yet; other partitions go on",
                    partition,
                    offset,
                    Integer.toUnsignedString(schemaId));
        }
    }

    void remove(final TopicPartition partition) {
        if (held.remove(partition) != null) {
            LOG.info("{} goes on, or is processed elsewhere", partition);
        }
    }
}
