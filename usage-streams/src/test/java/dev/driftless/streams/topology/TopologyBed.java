package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.schemas.serde.AvroSerdes;
import dev.driftless.schemas.serde.SchemaRegistration;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.store.DedupMarks;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.rocksdb.Env;

/** The whole topology on one partition, with a clock that the test moves. Broker time is what a test pipes records with. */
final class TopologyBed implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-10T12:00:00Z");
    static final Topics TOPICS = Topics.DEFAULT;

    private static final List<String> STORES = List.of(
            Names.AGGREGATE_STORE,
            Names.DEADLINE_STORE,
            Names.DEDUP_STORE,
            Names.DISTINCT_STORE,
            Names.PENDING_STORE,
            Names.SUBSCRIPTION_STORE,
            UsageTopology.ACCOUNT_STORE);
    private static final String APPLICATION = "driftless-test";

    /** Where a bed's stores are. */
    enum Stores {
        ROCKSDB,
        MEMORY
    }

    private final TopologySettings settings;
    private final int partitions;
    private final Optional<Stores> restartable;
    private final Map<String, FeatureDefinition> catalog = new LinkedHashMap<>();
    private final Changelogs changelogs = new Changelogs(APPLICATION, STORES);
    private final List<UsageAggregate> billedBefore = new ArrayList<>();
    private final List<RejectedUsage> rejectedBefore = new ArrayList<>();
    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final Serializer<UsageEvent> events = serdes.value(UsageEvent.class).serializer();

    private Path stateDirectory;
    private Env files;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> usageEvents;
    private TestInputTopic<byte[], byte[]> usageRerouted;
    private TestInputTopic<String, FeatureDefinition> featureCatalog;
    private TestInputTopic<String, Subscription> subscriptions;
    private TestOutputTopic<UsageAggregateKey, UsageAggregate> billingUsage;
    private TestOutputTopic<String, RejectedUsage> usageRejected;
    private Instant brokerTime = START;

    TopologyBed() {
        this(TopologySettings.DEFAULT, 1);
    }

    TopologyBed(final TopologySettings settings, final int partitions) {
        this(settings, partitions, Optional.empty());
    }

    private TopologyBed(final TopologySettings settings, final int partitions, final Optional<Stores> restartable) {
        this.settings = settings;
        this.partitions = partitions;
        this.restartable = restartable;
        registerSchemas();
        start();
    }

    /** A bed that can be restarted. */
    static TopologyBed restartable(final TopologySettings settings, final int partitions, final Stores stores) {
        return new TopologyBed(settings, partitions, Optional.of(stores));
    }

    /** Ends the application, and starts it on another machine, where it has nothing but its changelogs and the catalog. */
    TopologyBed restart() {
        final Map<TopicPartition, AtomicLong> offsets = offsets(driver);
        billedBefore.addAll(billingUsage.readValuesToList());
        rejectedBefore.addAll(usageRejected.readValuesToList());
        changelogs.takeFrom(driver);
        stop();
        start();
        offsets(driver)
                .forEach((partition, next) -> next.set(offsets.get(partition).get()));
        catalog.forEach(featureCatalog::pipeInput);
        return this;
    }

    /** The driver has no other way to go on where another has left off. */
    @SuppressWarnings("unchecked")
    private static Map<TopicPartition, AtomicLong> offsets(final TopologyTestDriver driver) {
        try {
            final Field offsets = TopologyTestDriver.class.getDeclaredField("offsetsByTopicOrPatternPartition");
            offsets.setAccessible(true);
            return (Map<TopicPartition, AtomicLong>) offsets.get(driver);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start() {
        stateDirectory = createStateDirectory();
        files = MemoryRocksDb.newFiles();
        final Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, MemoryRocksDb.class);
        properties.put(MemoryRocksDb.CONFIG, files);
        final Topology empty = restartable
                .<Topology>map(where -> new RestartableTopology(where == Stores.MEMORY, settings, changelogs.byStore()))
                .orElseGet(Topology::new);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StopAtFailure.class);
        driver = new TopologyTestDriver(
                new UsageTopology(settings, TOPICS, partitions, registry).addTo(empty), properties, START);
        usageEvents =
                driver.createInputTopic(TOPICS.usageEvents(), new ByteArraySerializer(), new ByteArraySerializer());
        usageRerouted =
                driver.createInputTopic(TOPICS.usageRerouted(), new ByteArraySerializer(), new ByteArraySerializer());
        featureCatalog = driver.createInputTopic(
                TOPICS.featureCatalog(),
                new StringSerializer(),
                serdes.value(FeatureDefinition.class).serializer());
        subscriptions = driver.createInputTopic(
                TOPICS.subscriptions(),
                new StringSerializer(),
                serdes.value(Subscription.class).serializer());
        billingUsage = driver.createOutputTopic(
                TOPICS.billingUsage(),
                serdes.key(UsageAggregateKey.class).deserializer(),
                serdes.value(UsageAggregate.class).deserializer());
        usageRejected = driver.createOutputTopic(
                TOPICS.usageRejected(),
                new StringDeserializer(),
                serdes.value(RejectedUsage.class).deserializer());
    }

    /** One of its own, so that no two runs on one machine share their state. */
    private static Path createStateDirectory() {
        try {
            return Files.createTempDirectory("driftless-test");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void registerSchemas() {
        try {
            new SchemaRegistration(registry).register(TOPICS);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An event of customer {@code acme} that any test may vary. */
    static UsageEvent.Builder event(final String feature, final String key) {
        return UsageEvent.newBuilder()
                .setCustomerId("acme")
                .setFeature(feature)
                .setValue(new BigDecimal("1.000000000"))
                .setIdempotencyKey(key)
                .setOccurredAt(START)
                .setProperties(Map.of())
                .setKind(UsageKind.USAGE)
                .setVoidedKey(null);
    }

    static BigDecimal decimal(final String value) {
        return new BigDecimal(value).setScale(9);
    }

    /** Defines a feature that is in effect from 2020 on. */
    TopologyBed feature(final String code, final Aggregation aggregation) {
        return feature(definition(code, aggregation).build());
    }

    TopologyBed feature(final FeatureDefinition definition) {
        catalog.put(definition.getCode(), definition);
        featureCatalog.pipeInput(definition.getCode(), definition);
        return this;
    }

    TopologyBed featureUnder(final String key, final FeatureDefinition definition) {
        featureCatalog.pipeInput(key, definition);
        return this;
    }

    /** Takes a feature out of the catalog. */
    TopologyBed withoutFeature(final String code) {
        featureCatalog.pipeInput(code, null);
        return this;
    }

    TopologyBed rawDefinition(final String code, final byte[] bytes) {
        driver.createInputTopic(TOPICS.featureCatalog(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(code, bytes);
        return this;
    }

    static FeatureDefinition.Builder definition(final String code, final Aggregation aggregation) {
        return FeatureDefinition.newBuilder()
                .setCode(code)
                .setRevision(1)
                .setAggregation(aggregation)
                .setUnit("unit")
                .setEffective(List.of(new EffectiveInterval(Instant.parse("2020-01-01T00:00:00Z"), null)));
    }

    /** Lets the brokers' time pass. */
    TopologyBed pass(final Duration time) {
        brokerTime = brokerTime.plus(time);
        return this;
    }

    /** Lets the brokers' time pass until then. */
    TopologyBed at(final Instant time) {
        brokerTime = time;
        return this;
    }

    /** Writes a customer's subscription; null takes it away. */
    TopologyBed subscription(final String customerId, final Subscription subscription) {
        subscriptions.pipeInput(customerId, subscription, brokerTime);
        return this;
    }

    TopologyBed rawSubscription(final byte[] key, final byte[] value) {
        driver.createInputTopic(TOPICS.subscriptions(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(key, value, brokerTime);
        return this;
    }

    Instant brokerTime() {
        return brokerTime;
    }

    /** Publishes an event as a correct client does. */
    TopologyBed publish(final UsageEvent.Builder event) {
        final UsageEvent built = event.build();
        return publish(built.getCustomerId().getBytes(UTF_8), encode(built));
    }

    /** Publishes bytes past any client. */
    TopologyBed publish(final byte[] key, final byte[] value) {
        return publish(key, value, new RecordHeaders());
    }

    TopologyBed publish(final byte[] key, final byte[] value, final Headers headers) {
        usageEvents.pipeInput(new TestRecord<>(key, value, headers, brokerTime));
        return this;
    }

    TopologyBed publishRerouted(final byte[] key, final byte[] value, final Headers headers) {
        usageRerouted.pipeInput(new TestRecord<>(key, value, headers, brokerTime));
        return this;
    }

    /** Publishes a record as it stands in a log; the brokers' time is then its own. */
    TopologyBed publish(final TestRecord<byte[], byte[]> record) {
        return at(record.getRecordTime()).publish(record.key(), record.value(), record.headers());
    }

    /** Writes a tick as another instance of the application would. */
    TopologyBed tick() {
        final Headers headers = new RecordHeaders();
        headers.add(Ticks.HEADER, new byte[0]);
        return publish(null, null, headers);
    }

    /** Lets this machine's time pass while no record comes; what the application then writes is read by it. */
    TopologyBed idle(final Duration time) {
        driver.advanceWallClockTime(time);
        return this;
    }

    /** The ticks that the application has written since this was last asked. */
    List<TestRecord<byte[], byte[]>> ticks() {
        return output(TOPICS.usageEvents()).readRecordsToList();
    }

    byte[] encode(final UsageEvent event) {
        return events.serialize(TOPICS.usageEvents(), event);
    }

    SchemaRegistryClient registry() {
        return registry;
    }

    PartitionAccount account() {
        return Optional.ofNullable(driver.<Integer, PartitionAccount>getKeyValueStore(UsageTopology.ACCOUNT_STORE)
                        .get(0))
                .orElseGet(() -> PartitionAccount.open(0));
    }

    List<KeyValue<UsageAggregateKey, UsageAggregate>> billed() {
        return billingUsage.readKeyValuesToList();
    }

    List<TestRecord<UsageAggregateKey, UsageAggregate>> billedRecords() {
        return billingUsage.readRecordsToList();
    }

    KeyValueStore<Bytes, byte[]> store(final String name) {
        return driver.getKeyValueStore(name);
    }

    /** Number of entries of a key-value store. */
    long entries(final String store) {
        return count(driver.getKeyValueStore(store).all());
    }

    /** What is remembered of a key of customer {@code acme}. */
    Optional<Mark> mark(final String key) {
        return new DedupMarks(
                        driver.getWindowStore(UsageTopology.DEDUP_STORE),
                        StateStores.buckets(settings),
                        settings.window().dedupWindow())
                .find(KeyHash.of("acme", key), brokerTime);
    }

    /** Makes the mark of a key unreadable, so that the next event with it fails as a bug would. */
    TopologyBed corruptMark(final String customer, final String key) {
        driver.<Bytes, byte[]>getWindowStore(UsageTopology.DEDUP_STORE)
                .put(
                        Bytes.wrap(KeyHash.of(customer, key).name()),
                        new byte[] {-1},
                        brokerTime.toEpochMilli()
                                - brokerTime.toEpochMilli()
                                        % StateStores.buckets(settings).length().toMillis());
        return this;
    }

    /** Number of entries of a window store. */
    long windowEntries(final String store) {
        return count(driver.getWindowStore(store).all());
    }

    private static long count(final KeyValueIterator<?, ?> entries) {
        try (entries) {
            long count = 0;
            while (entries.hasNext()) {
                entries.next();
                count++;
            }
            return count;
        }
    }

    List<UsageAggregate> aggregates() {
        return taken(billedBefore, billingUsage.readValuesToList());
    }

    List<RejectedUsage> rejections() {
        return taken(rejectedBefore, usageRejected.readValuesToList());
    }

    private static <T> List<T> taken(final List<T> before, final List<T> since) {
        final List<T> all = new ArrayList<>(before);
        before.clear();
        all.addAll(since);
        return all;
    }

    TestOutputTopic<byte[], byte[]> output(final String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        stop();
    }

    private void stop() {
        driver.close();
        files.close();
        try {
            Utils.delete(stateDirectory.toFile());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
