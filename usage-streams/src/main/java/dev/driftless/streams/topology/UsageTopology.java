package dev.driftless.streams.topology;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.schemas.serde.AvroSerdes;
import dev.driftless.streams.topology.decode.EventReader;
import dev.driftless.streams.topology.decode.UsageEventDecoder;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Clock;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * The pipeline from usage events to aggregates: one sub-topology, keyed by customer, without a repartition.
 *
 * <pre>
 * usage-events ──┐                                                      ┌─> emit ────> billing-usage
 *                ├─> admit ─> deduplicate ─> validate ─> aggregate ─────┤
 * usage-rerouted ┘     └──────────┴──────────────┴───────────┴──────────┴─> settle ──> usage-rejected
 * subscriptions ───> load-subscriptions ────────────────────────────────────> emit
 * </pre>
 *
 * <p>A record passes the steps until one of them knows its outcome; it is then settled, once. A copy of a counted event
 * goes from deduplicate to aggregate directly. Admit passes misplaced events on to {@code usage-rerouted}; emit writes
 * ticks into silent partitions of {@code usage-events}. All that follows from one record is one transaction.
 */
public final class UsageTopology {
    /** Store with one {@code PartitionAccount} per partition, whose key is the partition. */
    public static final String ACCOUNT_STORE = "usage-account";
    /** Store with the aggregates. */
    public static final String AGGREGATE_STORE = Names.AGGREGATE_STORE;
    /** Window store with the marks of idempotency keys. */
    public static final String DEDUP_STORE = Names.DEDUP_STORE;

    /** Store of what is to be closed and dropped when. */
    public static final String DEADLINE_STORE = Names.DEADLINE_STORE;

    private final TopologySettings settings;
    private final Topics topics;
    private final int partitions;
    private final SchemaRegistryClient registry;
    private final AvroSerdes serdes;

    /**
     * A topology for one installation.
     *
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
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions " + partitions + " must be at least 1");
        }
        this.settings = requireNonNull(settings);
        this.topics = requireNonNull(topics);
        this.partitions = partitions;
        this.registry = requireNonNull(registry);
        this.serdes = new AvroSerdes(registry);
    }

    /** The topology; every operator, store and internal topic is named. */
    public Topology toTopology() {
        return addTo(new Topology());
    }

    /** Adds every operator and store to a topology without any. */
    Topology addTo(final Topology topology) {
        addCatalog(topology);
        addSources(topology);
        addSteps(topology);
        addStores(topology);
        addSinks(topology);
        return topology;
    }

    private void addCatalog(final Topology topology) {
        topology.addGlobalStore(
                StateStores.catalog(),
                Names.FEATURE_CATALOG_SOURCE,
                new BytesDeserializer(),
                new ByteArrayDeserializer(),
                topics.featureCatalog(),
                Names.LOAD_CATALOG,
                LoadCatalogProcessor::new);
    }

    private void addSources(final Topology topology) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                Names.USAGE_EVENTS_SOURCE,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.usageEvents());
        topology.addSource(
                AutoOffsetReset.earliest(),
                Names.USAGE_REROUTED_SOURCE,
                new OriginTimestamps(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.usageRerouted());
        topology.addSource(
                AutoOffsetReset.earliest(),
                Names.SUBSCRIPTIONS_SOURCE,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics.subscriptions());
    }

    private void addSteps(final Topology topology) {
        topology.addProcessor(Names.ADMIT, this::admit, Names.USAGE_EVENTS_SOURCE, Names.USAGE_REROUTED_SOURCE)
                .addProcessor(Names.DEDUPLICATE, () -> new DeduplicateProcessor(settings), Names.ADMIT)
                .addProcessor(Names.VALIDATE, this::validate, Names.DEDUPLICATE)
                .addProcessor(Names.AGGREGATE, this::aggregate, Names.DEDUPLICATE, Names.VALIDATE)
                .addProcessor(
                        Names.LOAD_SUBSCRIPTIONS,
                        () -> new LoadSubscriptionsProcessor(settings, partitions, registry),
                        Names.SUBSCRIPTIONS_SOURCE)
                .addProcessor(
                        Names.EMIT,
                        () -> new EmitProcessor(settings, registry),
                        Names.ADMIT,
                        Names.AGGREGATE,
                        Names.LOAD_SUBSCRIPTIONS)
                .addProcessor(
                        Names.SETTLE,
                        () -> new SettleProcessor(settings.maxRecordBytes()),
                        Names.ADMIT,
                        Names.DEDUPLICATE,
                        Names.VALIDATE,
                        Names.AGGREGATE);
    }

    private AdmitProcessor admit() {
        final UsageEventDecoder decoder = new UsageEventDecoder(registry, Clock.systemUTC());
        return new AdmitProcessor(topics, partitions, new EventReader(decoder, settings.maxRecordBytes()));
    }

    private ValidateProcessor validate() {
        return new ValidateProcessor(settings, registry);
    }

    private AggregateProcessor aggregate() {
        return new AggregateProcessor(settings, registry);
    }

    private void addStores(final Topology topology) {
        topology.addStateStore(StateStores.accounts(), Names.ADMIT, Names.LOAD_SUBSCRIPTIONS, Names.EMIT, Names.SETTLE)
                .addStateStore(StateStores.dedup(settings), Names.DEDUPLICATE, Names.AGGREGATE)
                .addStateStore(StateStores.aggregates(), Names.AGGREGATE, Names.LOAD_SUBSCRIPTIONS, Names.EMIT)
                .addStateStore(StateStores.distinctValues(), Names.AGGREGATE, Names.EMIT)
                .addStateStore(StateStores.subscriptions(), Names.LOAD_SUBSCRIPTIONS, Names.AGGREGATE, Names.EMIT)
                .addStateStore(StateStores.pending(), Names.EMIT)
                .addStateStore(StateStores.deadlines(), Names.EMIT);
    }

    private void addSinks(final Topology topology) {
        final Serializer<UsageAggregateKey> aggregateKeys =
                serdes.key(UsageAggregateKey.class).serializer();
        final Serializer<UsageAggregate> aggregateValues =
                serdes.value(UsageAggregate.class).serializer();
        final Serializer<RejectedUsage> rejections =
                serdes.value(RejectedUsage.class).serializer();
        topology.addSink(
                        Names.BILLING_USAGE_SINK,
                        topics.billingUsage(),
                        aggregateKeys,
                        aggregateValues,
                        Partitioners::byAggregateCustomer,
                        Names.EMIT)
                .addSink(
                        Names.USAGE_REJECTED_SINK,
                        topics.usageRejected(),
                        new StringSerializer(),
                        rejections,
                        Names.SETTLE)
                .addSink(
                        Names.USAGE_REROUTED_SINK,
                        topics.usageRerouted(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        Partitioners::byCustomer,
                        Names.ADMIT)
                .addSink(
                        Names.TICK_SINK,
                        topics.usageEvents(),
                        Ticks.withoutKey(),
                        new ByteArraySerializer(),
                        Partitioners.ofTick(),
                        Names.EMIT);
    }
}
