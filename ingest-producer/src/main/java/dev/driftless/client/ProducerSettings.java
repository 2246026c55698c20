package dev.driftless.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer's properties: what a caller may not change, what it sets, and the defaults in between. */
final class ProducerSettings {
    /** An event may be held twice, lost or put where it does not belong if one of these is changed. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry(ProducerConfig.ACKS_CONFIG, "it is fixed to 'all', so that what is acknowledged is not lost"),
            Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "it is fixed to 'true', so that order is kept"),
            Map.entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, "events are placed by murmur2 of their customer id"),
            Map.entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, "events are placed by their customer id"),
            Map.entry(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, "it could change an event's key or partition"),
            Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "keys are customer ids in UTF-8"),
            Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "values are UsageEvent in Confluent wire format"),
            Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "this client sends outside of transactions"),
            Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "set bootstrapServers instead"),
            Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "set deliveryTimeout instead"),
            Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, "set whenFull instead"));

    /** With {@link WhenFull#fail}: the least that a producer can be asked for while it has other things to do. */
    private static final Duration LEAST_BLOCK = Duration.ofMillis(10);
    /** Kafka's default, which must fit into the delivery timeout. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);
    /** So that a client that was idle need not ask again where the partitions are before it can send. */
    private static final Duration METADATA_MAX_IDLE = Duration.ofDays(365);
    /** Four times Kafka's default: at high rates fewer requests, at low rates of no effect. */
    private static final int BATCH_BYTES = 65_536;

    private ProducerSettings() {}

    /** @throws IllegalArgumentException naming the first property that may not be set, and why */
    static void requireAllowed(final Map<String, String> overrides) {
        overrides.forEach((name, value) -> {
            if (REFUSED.containsKey(name)) {
                throw new IllegalArgumentException("producer property '" + name + "' with value '" + value
                        + "' must not be set: " + REFUSED.get(name));
            }
        });
    }

    static Map<String, Object> producer(final UsageClientConfig config) {
        final Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_MAX_IDLE.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestTimeoutMillis(config));
        properties.putAll(config.producerProperties());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, false);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Math.toIntExact(config.deliveryTimeout().toMillis()));
        properties.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlock(config.whenFull()).toMillis());
        return properties;
    }

    /** The producer's properties as far as an admin client knows them: addresses, security, networking. */
    static Map<String, Object> admin(final UsageClientConfig config) {
        final Map<String, Object> properties = new HashMap<>(producer(config));
        properties.keySet().retainAll(AdminClientConfig.configNames());
        final int timeoutMillis = Math.toIntExact(config.startTimeout().toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis);
        return properties;
    }

    private static int requestTimeoutMillis(final UsageClientConfig config) {
        return (int) Math.min(
                LONGEST_REQUEST.toMillis(),
                config.deliveryTimeout().dividedBy(2).toMillis());
    }

    private static Duration maxBlock(final WhenFull whenFull) {
        return whenFull.patience().compareTo(LEAST_BLOCK) < 0 ? LEAST_BLOCK : whenFull.patience();
    }
}
