package dev.driftless.gateway;

import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import dev.driftless.client.WhenFull;
import dev.driftless.gateway.catalog.CatalogFollower;
import dev.driftless.gateway.catalog.CatalogView;
import dev.driftless.gateway.catalog.DoorRules;
import dev.driftless.gateway.config.GatewayConfig;
import dev.driftless.gateway.http.GatewayServer;
import dev.driftless.gateway.intake.Intake;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.access.FileWatch;
import dev.driftless.schemas.serde.AvroSerdes;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: the HTTP server, the client that writes the events, and the catalog that is followed. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int CACHED_SCHEMAS = 100;
    /** For the largest events that are allowed, at the default of events in flight, with some compression. */
    private static final String BUFFER_BYTES = Long.toString(64L << 20);

    private final GatewayConfig config;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private UsageClient client;
    private GatewayServer server;

    private Gateway(final GatewayConfig config) {
        this.config = config;
    }

    /**
     * Connects and starts to listen.
     *
     * @throws dev.driftless.client.UsageClientStartException if the Kafka client does not accept its settings
     * @throws IllegalStateException if brokers, registry, topics or schema are not there in time, or the address cannot be
     *     listened on
     */
    public static Gateway start(final GatewayConfig config) {
        final Gateway gateway = new Gateway(config);
        try {
            gateway.start();
            return gateway;
        } catch (final RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    /** The port on which operators' addresses are. */
    public int opsPort() {
        return server.opsPort();
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    private void start() {
        final StartupWait wait = new StartupWait(config.times().startup());
        client = wait.until(() -> UsageClient.create(clientConfig()));
        final Optional<CatalogView> catalog =
                config.followsCatalog() ? Optional.of(wait.until(this::follow)) : Optional.empty();
        final DoorRules rules = new DoorRules(catalog, config.admissibleAge(), config.clockSkew(), Clock.systemUTC());
        final Intake intake =
                new Intake(rules, client::trackBatch, config.limits().inFlight());
        server = GatewayServer.start(config, intake, Clock.systemUTC());
        watchFiles();
    }

    private void watchFiles() {
        final Duration every = config.times().reload();
        config.keys()
                .file()
                .ifPresent(file -> parts.push(FileWatch.start(
                        List.of(file), every, () -> server.renew(config.keys().read()))));
        config.tls()
                .ifPresent(tls -> parts.push(FileWatch.start(tls.all(), every, () -> server.renewCertificate(tls))));
    }

    private CatalogView follow() {
        final CachedSchemaRegistryClient registry = new CachedSchemaRegistryClient(
                Arrays.asList(config.schemaRegistryUrl().split(",")), CACHED_SCHEMAS, config.schemaRegistry());
        final CatalogFollower follower = new CatalogFollower(
                new KafkaConsumer<>(consumerSettings(), new StringDeserializer(), new ByteArrayDeserializer()),
                new AvroSerdes(registry).value(FeatureDefinition.class).deserializer(),
                config.featureCatalog());
        try {
            follower.start();
        } catch (final KafkaException e) {
            closeQuietly(follower);
            closeQuietly(registry);
            throw e;
        }
        parts.push(registry);
        parts.push(follower);
        return follower;
    }

    private UsageClientConfig clientConfig() {
        final Map<String, String> producer = new HashMap<>();
        producer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        producer.put(ProducerConfig.CLIENT_ID_CONFIG, "driftless-gateway");
        producer.putAll(kafka(ProducerConfig.configNames()::contains));
        return UsageClientConfig.builder()
                .bootstrapServers(config.bootstrapServers())
                .schemaRegistryUrl(config.schemaRegistryUrl())
                .registryProperties(config.schemaRegistry())
                .topic(config.usageEvents())
                .maxInFlight(config.limits().inFlight())
                .whenFull(WhenFull.fail())
                .deliveryTimeout(config.times().delivery())
                .startTimeout(Duration.ofSeconds(10))
                .producerProperties(producer)
                .build();
    }

    private Map<String, Object> consumerSettings() {
        final Map<String, Object> settings = new HashMap<>(kafka(ConsumerConfig.configNames()::contains));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return settings;
    }

    private Map<String, String> kafka(final Predicate<String> isKnown) {
        final Map<String, String> known = new HashMap<>(config.kafka());
        known.keySet().removeIf(isKnown.negate());
        return known;
    }

    /**
     * Takes no more requests, answers those that were taken, and ends. What was not answered in time was not
     * acknowledged; its senders send it again.
     */
    @Override
    public void close() {
        final Duration time = config.times().shutdown();
        if (server != null && !server.drain(time)) {
            LOG.warn("not all requests were answered within {}; they were not acknowledged", time);
        }
        if (client != null) {
            client.close(END_OF_CLIENT);
        }
        parts.forEach(Gateway::closeQuietly);
    }

    private static final Duration END_OF_CLIENT = Duration.ofSeconds(2);

    // A part that does not end well must not keep the others from ending.
    private static void closeQuietly(final AutoCloseable part) {
        try {
            part.close();
        } catch (final Exception e) {
            LOG.warn("{} did not end in order", part, e);
        }
    }
}
