package dev.driftless.cli.topics;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.streams.app.Connections;
import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.SettingSources;
import dev.driftless.streams.provisioning.ProvisioningReport;
import dev.driftless.streams.provisioning.TopicProvisioner;
import dev.driftless.streams.provisioning.TopicProvisioner.Existing;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Topics and schemas, as the application's configuration wants them. */
public final class Provisioning {
    private final AppConfig config;

    /** Provisioning as a configuration says. */
    public Provisioning(final AppConfig config) {
        this.config = requireNonNull(config);
    }

    /** With the application's default settings, whatever the environment says. */
    public static Provisioning withDefaults(final ConnectionOptions connection) {
        return new Provisioning(AppConfig.from(SettingSources.of(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "bootstrap-servers", connection.bootstrapServers(),
                        "schema-registry-url", connection.schemaRegistryUrl()))));
    }

    /**
     * Creates and registers what is missing, and compares.
     *
     * @param existing whether settings of existing topics may be changed
     * @throws CliException if brokers or registry refuse or do not answer
     */
    public ProvisioningReport apply(final Existing existing) {
        return with(provisioner -> provisioner.apply(existing));
    }

    /**
     * Creates and registers what is missing.
     *
     * @return how many partitions the usage events have
     * @throws CliException if that fails, or if what exists breaks a promise
     */
    public int applyOrFail() {
        final ProvisioningReport report = apply(Existing.KEEP);
        if (report.drift().breaksPromises()) {
            throw new CliException(report.drift().text());
        }
        return report.partitions();
    }

    /**
     * Compares, and changes nothing.
     *
     * @throws CliException if brokers or registry refuse or do not answer
     */
    public ProvisioningReport check() {
        return with(TopicProvisioner::check);
    }

    private interface Step {
        ProvisioningReport apply(TopicProvisioner provisioner) throws IOException, RestClientException;
    }

    private ProvisioningReport with(final Step step) {
        final String brokers = config.connection().bootstrapServers();
        final String registries = String.join(",", config.connection().schemaRegistryUrls());
        try (SchemaRegistryClient registry = Connections.registry(config.connection());
                Admin admin = Connections.admin(config.connection(), "driftless-topics")) {
            ConnectionOptions.await(admin.describeCluster().clusterId(), "reach Kafka at " + brokers);
            return step.apply(new TopicProvisioner(admin, registry, config.provisioning()));
        } catch (final KafkaException failure) {
            throw new CliException("Kafka at " + brokers + ": " + ConnectionOptions.rootMessage(failure), failure);
        } catch (final RestClientException refused) {
            throw new CliException("schema registry at " + registries + ": " + refused.getMessage(), refused);
        } catch (final IOException silent) {
            throw new CliException(
                    "cannot reach the schema registry at " + registries + ": " + ConnectionOptions.rootMessage(silent),
                    silent);
        }
    }
}
