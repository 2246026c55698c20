package dev.driftless.streams.topology;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.kafka.streams.Topology;

/** The pipeline from usage events to aggregates. */
public final class UsageTopology {
    /** Store with one {@code PartitionAccount} per partition. */
    public static final String ACCOUNT_STORE = "usage-account";

    private final TopologySettings settings;
    private final Topics topics;
    private final int partitions;
    private final SchemaRegistryClient registry;

    /**
     * @param settings what the topology can be told
     * @param topics names of the topics
     * @param partitions number of partitions of {@link Topics#usageEvents()}, and so of every co-partitioned topic
     * @param registry where schemas of incoming events are looked up and those of outgoing records are known
     */
    public UsageTopology(
            final TopologySettings settings,
            final Topics topics,
            final int partitions,
            final SchemaRegistryClient registry) {
        this.settings = requireNonNull(settings);
        this.topics = requireNonNull(topics);
        this.partitions = partitions;
        this.registry = requireNonNull(registry);
    }

    /** The topology; every operator, store and internal topic is named. */
    public Topology toTopology() {
        requireNonNull(settings);
        requireNonNull(topics);
        requireNonNull(registry);
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions");
        }
        return new Topology();
    }
}
