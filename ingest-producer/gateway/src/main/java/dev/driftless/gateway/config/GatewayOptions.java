package dev.driftless.gateway.config;

import dev.driftless.gateway.config.GatewayConfig.Limits;
import dev.driftless.gateway.config.GatewayConfig.Times;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The settings as flags. For picocli, which sets them. */
public final class GatewayOptions {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(3_653);
    private static final int HIGHEST_PORT = 65_535;
    private static final int LEAST_BODY = 1_024;
    private static final int MOST_BODY = 64 << 20;
    private static final int MOST_BATCH = 100_000;
    private static final int MOST_IN_FLIGHT = 10_000_000;

    @Option(
            names = "--http-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on. Any but a loopback one needs API keys.")
    private String host;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Its port; 0 for a free one.")
    private int port;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            defaultValue = "localhost:9092",
            description = "Where the Kafka brokers are found.")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8081/apis/ccompat/v7",
            description = "Where the schema registry has Confluent's API.")
    private String schemaRegistryUrl;

    @Option(
            names = "--topics.usage-events",
            paramLabel = "NAME",
            defaultValue = "usage-events",
            description = "Topic to which events are written.")
    private String usageEvents;

    @Option(
            names = "--topics.feature-catalog",
            paramLabel = "NAME",
            defaultValue = "feature-catalog",
            description = "Topic from which the features are read.")
    private String featureCatalog;

    @Option(
            names = "--api-keys",
            paramLabel = "KEY,...",
            split = ",",
            showDefaultValue = Visibility.NEVER,
            description = "Keys of those who may send: the key itself, or sha256: and its digest in hex. Better in the"
                    + " environment or the file than on the command line, where others can see it. Without any, on a"
                    + " loopback address, every key is accepted.")
    private String[] apiKeys = {};

    @Option(
            names = "--api-keys-file",
            paramLabel = "FILE",
            description = "File with further keys, one a line, in the same form; lines that start with # are comments.")
    private Path apiKeysFile;

    @Option(
            names = "--catalog-check",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "true",
            description =
                    "Whether events with an unknown feature, or a value beyond the feature's limits, are refused at"
                            + " the door. The streams application rejects them in any case.")
    private boolean catalogCheck;

    @Option(
            names = "--admissible-age",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "34d23h55m",
            description =
                    "How far back an event's time may lie. Not more than the streams application's setting of this"
                            + " name, else it is rejected there.")
    private Duration admissibleAge;

    @Option(
            names = "--clock-skew",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "5m",
            description = "How far ahead an event's time may lie; as in the streams application.")
    private Duration clockSkew;

    @Option(
            names = "--max-batch-events",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Most events of a batch. NDJSON has no such bound.")
    private int batchEvents;

    @Option(
            names = "--max-body-bytes",
            paramLabel = "BYTES",
            defaultValue = "5242880",
            description = "Most bytes of a body, decompressed. NDJSON has no such bound.")
    private int bodyBytes;

    @Option(
            names = "--max-bodies-bytes",
            paramLabel = "BYTES",
            defaultValue = "67108864",
            description = "Most bytes of all bodies that are held at a time; beyond it requests are answered with 429.")
    private long allBodyBytes;

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            defaultValue = "50000",
            description =
                    "Most events on their way to the brokers at a time; beyond it requests are answered with 429.")
    private int inFlight;

    @Option(
            names = "--idle-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "60s",
            description = "When a connection on which nothing moves is closed. Longer than delivery-timeout.")
    private Duration idle;

    @Option(
            names = "--delivery-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "20s",
            description = "How long the brokers may take to confirm an event before the answer is 503.")
    private Duration delivery;

    @Option(
            names = "--startup-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "2m",
            description = "How long brokers, registry and topics are waited for at the start.")
    private Duration startup;

    @Option(
            names = "--shutdown-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "25s",
            description = "How long requests that were taken may take to be answered at the end. Below the 30 s after"
                    + " which Kubernetes kills.")
    private Duration shutdown;

    @Option(
            names = "--kafka",
            paramLabel = "NAME=VALUE",
            description = "Raw setting of the Kafka clients, for instance security.protocol=SASL_SSL. Repeatable;"
                    + " secrets are better off in the file or the environment.")
    private final Map<String, String> kafka = new HashMap<>();

    @Option(
            names = "--schema-registry",
            paramLabel = "NAME=VALUE",
            description = "Raw setting of the schema registry's client. Repeatable.")
    private final Map<String, String> schemaRegistry = new HashMap<>();

    /**
     * The configuration, checked.
     *
     * @param environment and
     * @param file where raw settings may stand, too
     * @throws IllegalArgumentException naming the setting, its value and what is allowed
     */
    public GatewayConfig toConfig(final Map<String, String> environment, final Map<String, String> file) {
        final ApiKeys keys = keys();
        require(port >= 0 && port <= HIGHEST_PORT, "http-port", port, "be 0 to " + HIGHEST_PORT);
        require(
                !keys.isOpen() || isLoopback(host),
                "http-host",
                host,
                "be a loopback address, such as 127.0.0.1, unless api-keys or api-keys-file is set");
        requireBetween("max-batch-events", batchEvents, 1, MOST_BATCH);
        requireBetween("max-body-bytes", bodyBytes, LEAST_BODY, MOST_BODY);
        require(allBodyBytes >= bodyBytes, "max-bodies-bytes", allBodyBytes, "be at least max-body-bytes");
        requireBetween("max-in-flight", inFlight, batchEvents, MOST_IN_FLIGHT);
        requireDurations();
        return new GatewayConfig(
                host,
                port,
                bootstrapServers,
                schemaRegistryUrl,
                usageEvents,
                featureCatalog,
                RawSettings.of("kafka", environment, file, kafka),
                RawSettings.of("schema-registry", environment, file, schemaRegistry),
                keys,
                catalogCheck,
                admissibleAge,
                clockSkew,
                new Limits(batchEvents, bodyBytes, allBodyBytes, inFlight),
                new Times(idle, delivery, startup, shutdown));
    }

    private void requireDurations() {
        requireDuration("admissible-age", admissibleAge);
        require(!clockSkew.isNegative(), "clock-skew", clockSkew, "not be negative");
        requireDuration("delivery-timeout", delivery);
        require(
                delivery.compareTo(Duration.ofSeconds(1)) >= 0 && delivery.compareTo(Duration.ofHours(1)) <= 0,
                "delivery-timeout",
                delivery,
                "be from 1s to 1h");
        require(
                idle.compareTo(delivery) > 0 && idle.compareTo(Duration.ofDays(1)) < 0,
                "idle-timeout",
                idle,
                "be longer than delivery-timeout, and shorter than a day");
        require(!startup.isNegative(), "startup-timeout", startup, "not be negative");
        requireDuration("shutdown-timeout", shutdown);
    }

    private ApiKeys keys() {
        if (apiKeysFile == null) {
            return ApiKeys.of(Arrays.stream(apiKeys).filter(key -> !key.isBlank()));
        }
        try (Stream<String> lines = Files.lines(apiKeysFile, StandardCharsets.UTF_8)) {
            final ApiKeys keys = ApiKeys.of(
                    Stream.concat(Arrays.stream(apiKeys).filter(key -> !key.isBlank()), ApiKeys.lines(lines)));
            require(!keys.isOpen(), "api-keys-file", apiKeysFile, "hold at least one key");
            return keys;
        } catch (final IOException e) {
            throw new IllegalArgumentException("api-keys-file '" + apiKeysFile + "' cannot be read: " + e, e);
        }
    }

    private static boolean isLoopback(final String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException("http-host '" + host + "' must be a known host or an IP address", e);
        }
    }

    private static void requireDuration(final String setting, final Duration value) {
        require(
                value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0,
                setting,
                value,
                "be from 100ms to 3653d");
    }

    private static void requireBetween(final String setting, final int value, final int least, final int most) {
        require(value >= least && value <= most, setting, value, "be from " + least + " to " + most);
    }

    private static void require(final boolean holds, final String setting, final Object value, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " '" + value + "' must " + rule);
        }
    }
}
