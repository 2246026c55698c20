package dev.driftless.client;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a {@link UsageClient} can be told. All durations are from 1 ms to a day. Build it with {@link #builder()}.
 *
 * @param bootstrapServers addresses of brokers, {@code host:port}, separated by commas
 * @param schemaRegistryUrl address of the schema registry, or several separated by commas
 * @param registryProperties further properties of Confluent's registry client, for instance
 *     {@code basic.auth.credentials.source}
 * @param topic topic of the usage events
 * @param maxInFlight how many events may be on their way at once, from 1; with {@code buffer.memory} the bound on memory
 * @param whenFull what to do when that many are
 * @param deliveryTimeout how long the client tries to deliver an event before it fails, at least 1 s
 * @param startTimeout how long {@link UsageClient#create} waits for each answer of brokers and registry; the registry's
 *     client asks a few times
 * @param closeTimeout how long {@link UsageClient#close()} waits for events on their way
 * @param producerProperties further properties of Kafka's producer; those that delivery and placement rest on are refused
 */
public record UsageClientConfig(
        String bootstrapServers,
        String schemaRegistryUrl,
        Map<String, String> registryProperties,
        String topic,
        int maxInFlight,
        WhenFull whenFull,
        Duration deliveryTimeout,
        Duration startTimeout,
        Duration closeTimeout,
        Map<String, String> producerProperties) {
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Duration SHORTEST_DELIVERY = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException naming the setting, its value and what is allowed */
    public UsageClientConfig {
        Checks.text("bootstrapServers", bootstrapServers);
        Checks.text("schemaRegistryUrl", schemaRegistryUrl);
        Checks.require(
                topic != null && TOPIC.matcher(topic).matches(),
                "topic",
                topic,
                "be 1 to 249 letters, digits, dots, underscores or hyphens");
        Checks.require(maxInFlight >= 1, "maxInFlight", maxInFlight, "be at least 1");
        requireNonNull(whenFull);
        Checks.duration("deliveryTimeout", deliveryTimeout);
        Checks.require(
                deliveryTimeout.compareTo(SHORTEST_DELIVERY) >= 0,
                "deliveryTimeout",
                deliveryTimeout,
                "be at least " + SHORTEST_DELIVERY);
        Checks.duration("startTimeout", startTimeout);
        Checks.duration("closeTimeout", closeTimeout);
        registryProperties = Map.copyOf(registryProperties);
        producerProperties = Map.copyOf(producerProperties);
        ProducerSettings.requireAllowed(producerProperties);
    }

    /** Starts with the defaults. Bootstrap servers and the registry's address must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Names of further properties only: their values may be secret. */
    @Override
    public String toString() {
        return "UsageClientConfig[bootstrapServers=" + bootstrapServers + ", schemaRegistryUrl=" + schemaRegistryUrl
                + ", registryProperties=" + registryProperties.keySet() + ", topic=" + topic + ", maxInFlight="
                + maxInFlight + ", whenFull=" + whenFull + ", deliveryTimeout=" + deliveryTimeout + ", startTimeout="
                + startTimeout + ", closeTimeout=" + closeTimeout + ", producerProperties="
                + producerProperties.keySet() + "]";
    }

    /** Collects settings; see {@link UsageClientConfig} for each. Not safe for use by several threads. */
    public static final class Builder {
        private String bootstrapServers;
        private String schemaRegistryUrl;
        private final Map<String, String> registryProperties = new HashMap<>();
        private String topic = Topics.DEFAULT.usageEvents();
        private int maxInFlight = 10_000;
        private WhenFull whenFull = WhenFull.block(Duration.ofMinutes(1));
        private Duration deliveryTimeout = Duration.ofMinutes(2);
        private Duration startTimeout = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(30);
        private final Map<String, String> producerProperties = new HashMap<>();

        private Builder() {}

        /** Must be set. */
        public Builder bootstrapServers(final String addresses) {
            this.bootstrapServers = addresses;
            return this;
        }

        /** Must be set. */
        public Builder schemaRegistryUrl(final String url) {
            this.schemaRegistryUrl = url;
            return this;
        }

        /** None unless added. */
        public Builder registryProperties(final Map<String, String> properties) {
            registryProperties.putAll(properties);
            return this;
        }

        /** {@code usage-events} unless set. */
        public Builder topic(final String name) {
            this.topic = name;
            return this;
        }

        /** 10,000 unless set. */
        public Builder maxInFlight(final int events) {
            this.maxInFlight = events;
            return this;
        }

        /** Blocks for up to a minute unless set. */
        public Builder whenFull(final WhenFull policy) {
            this.whenFull = policy;
            return this;
        }

        /** 2 minutes unless set. */
        public Builder deliveryTimeout(final Duration timeout) {
            this.deliveryTimeout = timeout;
            return this;
        }

        /** 30 seconds unless set. */
        public Builder startTimeout(final Duration timeout) {
            this.startTimeout = timeout;
            return this;
        }

        /** 30 seconds unless set. */
        public Builder closeTimeout(final Duration timeout) {
            this.closeTimeout = timeout;
            return this;
        }

        /** None unless added; {@code linger.ms} 5, {@code compression.type} lz4 and {@code batch.size} 65,536 else. */
        public Builder producerProperties(final Map<String, String> properties) {
            producerProperties.putAll(properties);
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException naming the setting, its value and what is allowed
         */
        public UsageClientConfig build() {
            return new UsageClientConfig(
                    bootstrapServers,
                    schemaRegistryUrl,
                    registryProperties,
                    topic,
                    maxInFlight,
                    whenFull,
                    deliveryTimeout,
                    startTimeout,
                    closeTimeout,
                    producerProperties);
        }
    }
}
