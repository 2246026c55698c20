package dev.driftless.streams.topology;

import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Subscription;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.decode.WireDecoder;
import dev.driftless.streams.topology.store.AccountSerde;
import dev.driftless.streams.topology.store.AggregateStore;
import dev.driftless.streams.topology.store.Catalog;
import dev.driftless.streams.topology.store.DedupBuckets;
import dev.driftless.streams.topology.store.DedupMarks;
import dev.driftless.streams.topology.store.DistinctValueStore;
import dev.driftless.streams.topology.store.Subscriptions;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** How the stores are built. */
final class StateStores {
    private StateStores() {}

    /**
     * The dedup store. No cache before it: nearly every key is new, so that a cache would only be written through.
     *
     * <p><b>How long its changelog keeps a mark.</b> A mark that arrived at {@code a} is needed until the partition's
     * time is past {@code a + W}. The application reads an event no later than the retention {@code R} of the usage events
     * after its arrival, so that this is the case at {@code a + W + R} at the latest, and the broker must not delete the
     * mark before. The broker goes by record times, and those of a replayed old log lie far back; the changelog therefore
     * has {@code LogAppendTime}, and with it a retention of {@code W + R} is enough whatever is replayed.
     */
    static StoreBuilder<WindowStore<Bytes, byte[]>> dedup(final TopologySettings settings) {
        final DedupBuckets buckets = buckets(settings);
        final Duration retention = buckets.retention();
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(Names.DEDUP_STORE, retention, buckets.length(), false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime",
                        TopicConfig.RETENTION_MS_CONFIG,
                        dedupChangelogRetention(settings)));
    }

    private static String dedupChangelogRetention(final TopologySettings settings) {
        return settings.usageEventsRetention()
                .map(retention ->
                        settings.window().dedupWindow().plus(retention).toMillis())
                .orElse(-1L)
                .toString();
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> aggregates() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Names.AGGREGATE_STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** What is to be closed and dropped when: one entry for each aggregate. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> deadlines() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Names.DEADLINE_STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** One entry for each distinct value of each aggregate that counts them. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> distinctValues() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Names.DISTINCT_STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> subscriptions() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Names.SUBSCRIPTION_STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** In memory: it holds what a second of traffic has touched, and most entries go before they are written. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> pending() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.PENDING_STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** In memory: one entry. */
    static StoreBuilder<KeyValueStore<Integer, PartitionAccount>> accounts() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(UsageTopology.ACCOUNT_STORE),
                        Serdes.Integer(),
                        AccountSerde.create())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** In memory and without a changelog: the catalog's topic is read from its start each time. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> catalog() {
        return Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(Names.CATALOG_STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled();
    }

    static Catalog catalog(final ProcessorContext<?, ?> context, final SchemaRegistryClient registry) {
        return new Catalog(
                context.getStateStore(Names.CATALOG_STORE),
                new WireDecoder<>(FeatureDefinition.class, registry, Clock.systemUTC()));
    }

    static Subscriptions subscriptions(final ProcessorContext<?, ?> context, final SchemaRegistryClient registry) {
        return new Subscriptions(
                context.getStateStore(Names.SUBSCRIPTION_STORE),
                new WireDecoder<>(Subscription.class, registry, Clock.systemUTC()));
    }

    static AggregateStore aggregates(final ProcessorContext<?, ?> context) {
        return new AggregateStore(context.getStateStore(Names.AGGREGATE_STORE));
    }

    static DistinctValueStore distinctValues(final ProcessorContext<?, ?> context) {
        return new DistinctValueStore(context.getStateStore(Names.DISTINCT_STORE));
    }

    static DedupMarks dedupMarks(final ProcessorContext<?, ?> context, final TopologySettings settings) {
        return new DedupMarks(
                context.getStateStore(Names.DEDUP_STORE),
                buckets(settings),
                settings.window().dedupWindow());
    }

    static DedupBuckets buckets(final TopologySettings settings) {
        return new DedupBuckets(settings.window().dedupWindow(), settings.dedupBuckets());
    }
}
