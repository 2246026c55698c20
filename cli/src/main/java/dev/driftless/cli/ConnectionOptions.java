package dev.driftless.cli;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.serde.AvroSerdes;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command finds the brokers and the registry. */
public final class ConnectionOptions {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CACHED_SCHEMAS = 1_000;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,...]",
            defaultValue = "${env:DRIFTLESS_BOOTSTRAP_SERVERS:-127.0.0.1:9092}",
            description = "The Kafka brokers. Also from DRIFTLESS_BOOTSTRAP_SERVERS.")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry-url",
            paramLabel = "URL",
            defaultValue = "${env:DRIFTLESS_SCHEMA_REGISTRY_URL:-http://127.0.0.1:8081/apis/ccompat/v7}",
            description = "Base of the schema registry's Confluent API. Also from DRIFTLESS_SCHEMA_REGISTRY_URL.")
    private String schemaRegistryUrl;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** For picocli, which sets the options. */
    public ConnectionOptions() {}

    /** Options as if given on the command line. */
    public ConnectionOptions(final String bootstrapServers, final String schemaRegistryUrl) {
        this.bootstrapServers = requireNonNull(bootstrapServers);
        this.schemaRegistryUrl = requireNonNull(schemaRegistryUrl);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String schemaRegistryUrl() {
        return schemaRegistryUrl;
    }

    /** Whether the brokers are named by the flag, not by the environment or a default. */
    public boolean isBootstrapServersGiven() {
        return isGiven("--bootstrap-servers");
    }

    /** Whether the registry is named by the flag, not by the environment or a default. */
    public boolean isSchemaRegistryUrlGiven() {
        return isGiven("--schema-registry-url");
    }

    private boolean isGiven(final String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** A new client of the registry. */
    public SchemaRegistryClient registry() {
        return new CachedSchemaRegistryClient(schemaRegistryUrl, CACHED_SCHEMAS);
    }

    /** Serdes on a new client of the registry. */
    public AvroSerdes serdes() {
        return new AvroSerdes(registry());
    }

    /** Settings of a Kafka client, of any kind, that waits for a bounded time. */
    public Map<String, Object> client() {
        final Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        return settings;
    }

    /**
     * A new admin client, once the brokers answer.
     *
     * @throws CliException if they do not
     */
    public Admin admin() {
        final Admin admin = admin(client());
        try {
            await(admin.describeCluster().clusterId(), "reach Kafka at " + bootstrapServers);
            return admin;
        } catch (final CliException unreachable) {
            admin.close(Duration.ZERO);
            throw unreachable;
        }
    }

    private Admin admin(final Map<String, Object> settings) {
        try {
            return Admin.create(settings);
        } catch (final KafkaException refused) {
            throw new CliException(
                    "cannot use --bootstrap-servers '" + bootstrapServers + "': " + rootMessage(refused), refused);
        }
    }

    /**
     * Waits for a result.
     *
     * @param result what is waited for
     * @param what what fails without it, as a phrase that follows "cannot"
     * @throws CliException if it fails or does not come in time
     */
    public static <T> T await(final Future<T> result, final String what) {
        try {
            return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final ExecutionException failure) {
            throw new CliException("cannot " + what + ": " + rootMessage(failure), failure);
        } catch (final TimeoutException late) {
            throw new CliException("cannot " + what + ": no answer for " + PATIENCE.toSeconds() + " seconds", late);
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted: cannot " + what, interrupt);
        }
    }

    /** The innermost message of a failure, in one line. */
    public static String rootMessage(final Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        final String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
