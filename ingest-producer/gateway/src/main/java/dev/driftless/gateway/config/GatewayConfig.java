package dev.driftless.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateway was told, checked.
 *
 * @param host address to listen on
 * @param port its port; 0 for any that is free
 * @param tls with what connections are encrypted; nothing for plain HTTP
 * @param ops where operators' addresses are
 * @param bootstrapServers where the brokers are
 * @param schemaRegistryUrl where the registry has Confluent's API
 * @param usageEvents topic to write to
 * @param featureCatalog topic of the features
 * @param kafka raw settings of the Kafka clients
 * @param schemaRegistry raw settings of the registry's client
 * @param keys who may send
 * @param followsCatalog whether unknown features and values beyond their limits are refused at the door
 * @param admissibleAge how far back an event's time may lie
 * @param clockSkew how far ahead
 * @param limits bounds on requests and memory
 * @param times how long to wait for what
 */
public record GatewayConfig(
        String host,
        int port,
        Optional<TlsFiles> tls,
        Ops ops,
        String bootstrapServers,
        String schemaRegistryUrl,
        String usageEvents,
        String featureCatalog,
        Map<String, String> kafka,
        Map<String, String> schemaRegistry,
        KeySource keys,
        boolean followsCatalog,
        Duration admissibleAge,
        Duration clockSkew,
        Limits limits,
        Times times) {

    public GatewayConfig {
        requireNonNull(host);
        requireNonNull(tls);
        requireNonNull(ops);
        requireNonNull(keys);
        kafka = Map.copyOf(kafka);
        schemaRegistry = Map.copyOf(schemaRegistry);
    }

    /**
     * Bounds on requests and memory.
     *
     * @param batchEvents most events of a batch
     * @param bodyBytes most bytes of a body, decompressed
     * @param allBodyBytes most bytes of all bodies at a time
     * @param inFlight most events that are on their way to the brokers at a time
     * @param eventsPerSecond most events of one key in a second, on average; 0 for no such bound
     */
    public record Limits(int batchEvents, int bodyBytes, long allBodyBytes, int inFlight, int eventsPerSecond) {}

    /**
     * Where operators' addresses are.
     *
     * @param host address to listen on
     * @param port its port; 0 for any that is free
     */
    public record Ops(String host, int port) {}

    /**
     * How long to wait.
     *
     * @param idle until a connection on which nothing moves is closed
     * @param request until the head of a request, and until its body has come in
     * @param delivery for the brokers to confirm an event
     * @param startup for brokers, registry and topics at the start
     * @param shutdown for requests to be answered at the end
     * @param reload between two looks at the files of keys and certificates
     */
    public record Times(
            Duration idle, Duration request, Duration delivery, Duration startup, Duration shutdown, Duration reload) {}
}
