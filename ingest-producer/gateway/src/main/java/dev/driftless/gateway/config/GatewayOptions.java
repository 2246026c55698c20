package dev.driftless.gateway.config;

import dev.driftless.gateway.config.GatewayConfig.Limits;
import dev.driftless.gateway.config.GatewayConfig.Ops;
import dev.driftless.gateway.config.GatewayConfig.Times;
import dev.driftless.schemas.access.ApiKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
            names = "--ops-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address on which operators' addresses are served: /livez, /readyz and /metrics.")
    private String opsHost;

    @Option(
            names = "--ops-port",
            paramLabel = "PORT",
            defaultValue = "8091",
            description = "Its port; 0 for a free one.")
    private int opsPort;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description =
                    "PEM file with the server's certificate and those that vouch for it. Then HTTPS is spoken, and"
                            + " HTTP no more. Read again when it changes.")
    private Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file with the certificate's key, PKCS #8. Read again when it changes.")
    private Path tlsKey;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description = "PEM file with the authorities whose clients may connect. Without it clients need no"
                    + " certificate, an API key only.")
    private Path tlsClientCa;

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
            description =
                    "File with further keys, one a line, in the same form, each with what it may do: 'KEY scope=ingest"
                            + " customers=acme,globex'. Lines that start with # are comments. Read again when it changes.")
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
            names = "--max-events-per-second",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Most events that one key may send in a second, on average over some seconds; beyond it requests"
                            + " are answered with 429, NDJSON is read more slowly. 0 for no such bound.")
    private int eventsPerSecond;

    @Option(
            names = "--request-timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "30s",
            description =
                    "How long the head of a request may take, then its body; for NDJSON, how long a line may take."
                            + " Whoever is slower is cut off.")
    private Duration request;

    @Option(
            names = "--reload-interval",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "5s",
            description = "How often the files of keys and certificates are looked at for changes.")
    private Duration reload;

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
        final KeySource keys = keys();
        check(keys);
        require(port >= 0 && port <= HIGHEST_PORT, "http-port", port, "be 0 to " + HIGHEST_PORT);
        require(opsPort >= 0 && opsPort <= HIGHEST_PORT, "ops-port", opsPort, "be 0 to " + HIGHEST_PORT);
        require(opsPort == 0 || opsPort != port, "ops-port", opsPort, "not be http-port");
        requireBetween("max-batch-events", batchEvents, 1, MOST_BATCH);
        requireBetween("max-body-bytes", bodyBytes, LEAST_BODY, MOST_BODY);
        require(allBodyBytes >= bodyBytes, "max-bodies-bytes", allBodyBytes, "be at least max-body-bytes");
        requireBetween("max-in-flight", inFlight, batchEvents, MOST_IN_FLIGHT);
        requireBetween("max-events-per-second", eventsPerSecond, 0, MOST_IN_FLIGHT);
        requireDurations();
        return new GatewayConfig(
                host,
                port,
                tls(),
                new Ops(opsHost, opsPort),
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
                new Limits(batchEvents, bodyBytes, allBodyBytes, inFlight, eventsPerSecond),
                new Times(idle, request, delivery, startup, shutdown, reload));
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
        requireDuration("request-timeout", request);
        require(request.compareTo(Duration.ofDays(1)) < 0, "request-timeout", request, "be shorter than a day");
        requireDuration("reload-interval", reload);
    }

    private void check(final KeySource source) {
        final ApiKeys keys = source.read();
        require(
                !keys.isOpen() || isLoopback(host),
                "http-host",
                host,
                "be a loopback address, such as 127.0.0.1, unless api-keys or api-keys-file is set");
    }

    private KeySource keys() {
        return new KeySource(
                Arrays.stream(apiKeys).filter(key -> !key.isBlank()).toList(), Optional.ofNullable(apiKeysFile));
    }

    private Optional<TlsFiles> tls() {
        require(
                (tlsCertificate == null) == (tlsKey == null),
                "tls-key",
                tlsKey,
                "be set if tls-certificate is, and not without it");
        require(
                tlsClientCa == null || tlsCertificate != null,
                "tls-client-ca",
                tlsClientCa,
                "not be set without tls-certificate");
        final Optional<TlsFiles> files = Optional.ofNullable(tlsCertificate)
                .map(certificate -> new TlsFiles(certificate, tlsKey, Optional.ofNullable(tlsClientCa)));
        files.ifPresent(tls -> tls.all()
                .forEach(file -> require(Files.isReadable(file), "tls file", file, "be a file that can be read")));
        return files;
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
