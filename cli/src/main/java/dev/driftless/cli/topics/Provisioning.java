package dev.driftless.cli.topics;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.streams.app.Connections;
import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.SettingSources;
import dev.driftless.streams.provisioning.ProvisioningReport;
import dev.driftless.streams.provisioning.TopicProvisioner;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Topics and schemas, provisioned with the application's own configuration. */
public final class Provisioning {
    private static final String CLIENT_ID = "driftless-topics";

    private Provisioning() {}

    /** What is done with a provisioner. */
    @FunctionalInterface
    public interface Task {
        /** Does it; see {@link TopicProvisioner} for what it throws. */
        ProvisioningReport on(TopicProvisioner provisioner) throws IOException, RestClientException;
    }

    /**
     * Creates what is missing, with the application's defaults.
     *
     * @return number of partitions of the usage events
     * @throws CliException if brokers or registry do not answer, or a topic that exists breaks a promise
     */
    public static int apply(final ConnectionOptions connection) {
        final SettingSources sources = SettingSources.of(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "bootstrap-servers", connection.bootstrapServers(),
                        "schema-registry-url", connection.schemaRegistryUrl()));
        final ProvisioningReport report =
                run(AppConfig.from(sources), provisioner -> provisioner.apply(TopicProvisioner.Existing.KEEP));
        if (report.drift().breaksPromises()) {
            throw new CliException(report.drift().text());
        }
        return report.partitions();
    }

    /**
     * Does a task with the brokers and the registry that a configuration names.
     *
     * @throws CliException if one of them does not answer or refuses
     */
    static ProvisioningReport run(final AppConfig config, final Task task) {
        try (Admin admin = Connections.admin(config.connection(), CLIENT_ID);
                SchemaRegistryClient registry = Connections.registry(config.connection())) {
            return task.on(new TopicProvisioner(admin, registry, config.provisioning()));
        } catch (final KafkaException failure) {
            throw new CliException(
                    "Kafka at " + config.connection().bootstrapServers() + ": "
                            + ConnectionOptions.rootMessage(failure),
                    failure);
        } catch (final IOException | RestClientException failure) {
            throw new CliException(
                    "the schema registry at " + config.connection().schemaRegistryUrls() + ": "
                            + ConnectionOptions.rootMessage(failure),
                    failure);
        }
    }
}
