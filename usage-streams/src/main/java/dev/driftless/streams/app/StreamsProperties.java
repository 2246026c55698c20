package dev.driftless.streams.app;

import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.ConnectionConfig;
import dev.driftless.streams.app.config.InstanceConfig;
import dev.driftless.streams.provisioning.Durability;
import dev.driftless.streams.topology.StopAtFailure;
import dev.driftless.streams.topology.store.BoundedRocksDb;
import dev.driftless.streams.topology.store.RocksDbMemory;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The configuration as Kafka takes it. What the promises rest on comes last and cannot be overridden. */
final class StreamsProperties {
    private static final int LEAST_SEND_BUFFER = 32 * 1024 * 1024;

    private StreamsProperties() {}

    /**
     * For Kafka Streams.
     *
     * @param memory for state on disk
     * @param replicationFactor of internal topics
     * @param opsPort port of this instance's endpoints
     */
    static Properties of(
            final AppConfig config, final RocksDbMemory memory, final int replicationFactor, final int opsPort) {
        final InstanceConfig instance = config.instance();
        final Properties properties = new Properties();
        properties.putAll(config.connection().kafka());
        properties.put(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.connection().bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, instance.applicationId());
        properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, config.ops().advertisedHost() + ":" + opsPort);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, instance.stateDir().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, instance.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, instance.standbyReplicas());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, instance.cacheBytes());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(RocksDbMemory.CONFIG, memory);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, StopAtFailure.class);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        if (isClassic(config.connection())) {
            properties.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                    Math.toIntExact(instance.sessionTimeout().toMillis()));
        }
        properties.putAll(exactlyOnce(instance));
        properties.putAll(replication(replicationFactor));
        properties.putAll(sizes(config.provisioning().maxWrittenBytes()));
        return properties;
    }

    /** In the newer protocols of groups the brokers alone decide about the session's timeout. */
    private static boolean isClassic(final ConnectionConfig connection) {
        return GroupProtocol.CLASSIC
                .name()
                .equalsIgnoreCase(connection
                        .kafka()
                        .getOrDefault(StreamsConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC.name()));
    }

    private static Map<String, Object> exactlyOnce(final InstanceConfig instance) {
        return Map.of(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                instance.commitInterval().toMillis(),
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(instance.transactionTimeout().toMillis()));
    }

    private static Map<String, Object> replication(final int factor) {
        return Map.of(
                StreamsConfig.REPLICATION_FACTOR_CONFIG,
                factor,
                StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
                Integer.toString(Durability.minInSyncReplicas(factor)));
    }

    private static Map<String, Object> sizes(final int maxWrittenBytes) {
        return Map.of(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(maxWrittenBytes),
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                maxWrittenBytes,
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                Math.max(LEAST_SEND_BUFFER, 2 * maxWrittenBytes));
    }

    /** For a client that administers topics. */
    static Map<String, Object> ofAdmin(final ConnectionConfig connection, final String clientId) {
        final Properties properties = new Properties();
        properties.putAll(connection.kafka());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, clientId);
        final Map<String, Object> admin = new StreamsConfig(properties).getAdminConfigs(clientId);
        admin.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        admin.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return admin;
    }
}
