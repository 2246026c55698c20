package dev.driftless.streams.app;

import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.Provision;
import dev.driftless.streams.provisioning.ProvisioningReport;
import dev.driftless.streams.provisioning.TopicProvisioner;
import dev.driftless.streams.provisioning.TopicProvisioner.Existing;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes before processing: brokers and registry are there, and topics and schemas keep the promises. */
final class Startup {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private final AppConfig config;
    private final StartupWait wait;
    private final Consumer<String> awaiting;

    /**
     * A start; its time begins to run now.
     *
     * @param stop ends all waiting
     * @param awaiting is told what is waited for
     */
    Startup(final AppConfig config, final StopSignal stop, final Consumer<String> awaiting) {
        this.config = config;
        this.wait = new StartupWait(config.lifeCycle().startupTimeout(), stop);
        this.awaiting = awaiting;
    }

    /**
     * What the topics are like; nothing if the application is to stop.
     *
     * @throws StartFailure if something is not there in time, or a promise is broken
     */
    Optional<ProvisioningReport> provision(final SchemaRegistryClient registry) {
        final String registries = String.join(",", config.connection().schemaRegistryUrls());
        final Optional<ProvisioningReport> report = until(
                        "Kafka at " + config.connection().bootstrapServers(), registry, TopicProvisioner::askBrokers)
                .flatMap(reached ->
                        until("the schema registry at " + registries, registry, TopicProvisioner::askRegistry))
                .flatMap(reached -> until("topics and schemas", registry, this::checkOrApply));
        report.ifPresent(Startup::requirePromises);
        return report;
    }

    private <T> Optional<T> until(final String what, final SchemaRegistryClient registry, final Step<T> step) {
        awaiting.accept(what);
        return wait.until(what, () -> {
            try (Admin admin =
                    Connections.admin(config.connection(), config.instance().applicationId() + "-provisioner")) {
                return step.take(new TopicProvisioner(admin, registry, config.provisioning()));
            }
        });
    }

    private ProvisioningReport checkOrApply(final TopicProvisioner provisioner)
            throws IOException, RestClientException {
        return config.lifeCycle().provision() == Provision.APPLY
                ? provisioner.apply(Existing.KEEP)
                : provisioner.check();
    }

    private static void requirePromises(final ProvisioningReport report) {
        report.done().forEach(LOG::info);
        if (report.drift().breaksPromises()) {
            throw new StartFailure(ExitCode.BROKEN_PROMISES, report.drift().text());
        }
        if (!report.drift().drifts().isEmpty()) {
            LOG.warn(report.drift().text());
        }
    }

    private interface Step<T> {
        T take(TopicProvisioner provisioner) throws IOException, RestClientException;
    }
}
