package dev.driftless.streams.provisioning;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.serde.SchemaRegistration;
import dev.driftless.streams.provisioning.TopicSpec.Origin;
import dev.driftless.streams.provisioning.TopicSpec.Partitioning;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Creates topics, registers schemas, and tells how those that exist differ from what the promises need. Safe to repeat,
 * and safe when several do it at once. Partition counts of existing topics are never changed.
 *
 * <p>All methods throw {@link org.apache.kafka.common.KafkaException} if the brokers refuse or do not answer, {@link
 * IOException} if the registry does not answer, and {@link RestClientException} if it refuses. Neither client is closed.
 */
public final class TopicProvisioner {
    private final TopicAdmin topics;
    private final SchemaRegistryClient registry;
    private final ProvisioningSettings settings;
    private final List<TopicSpec> specs;

    /** What may be done to topics that exist. */
    public enum Existing {
        /** Nothing. */
        KEEP,
        /** Their settings may be changed; never their partitions. */
        FIX
    }

    public TopicProvisioner(
            final Admin admin, final SchemaRegistryClient registry, final ProvisioningSettings settings) {
        this.topics = new TopicAdmin(requireNonNull(admin));
        this.registry = requireNonNull(registry);
        this.settings = requireNonNull(settings);
        this.specs = TopicSpecs.of(settings);
    }

    /** How many brokers there are: an answer means that they can be worked with. */
    public int askBrokers() {
        return topics.brokers();
    }

    /** How many drifts of schemas there are: an answer means that the registry can be worked with. */
    public int askRegistry() throws IOException, RestClientException {
        return new SchemaComparison(registry).drifts(settings.topics()).size();
    }

    /** Compares, and changes nothing. */
    public ProvisioningReport check() throws IOException, RestClientException {
        return compare(found(), List.of());
    }

    /** Creates topics and registers schemas that are missing, changes existing topics if it may, and then compares. */
    public ProvisioningReport apply(final Existing existing) throws IOException, RestClientException {
        final List<String> done = new ArrayList<>();
        final Map<String, TopicState> before = found();
        final List<String> created = topics.create(missing(before));
        created.forEach(name -> done.add("created topic " + name));
        if (existing == Existing.FIX) {
            done.addAll(fix(found()));
        }
        done.addAll(registerSchemas());
        return compare(found(), done);
    }

    private ProvisioningReport compare(final Map<String, TopicState> found, final List<String> done)
            throws IOException, RestClientException {
        final TopicComparison comparison = new TopicComparison(settings, found);
        final List<Drift> drifts = new ArrayList<>(comparison.drifts());
        drifts.addAll(new SchemaComparison(registry).drifts(settings.topics()));
        return new ProvisioningReport(
                done,
                new DriftReport(drifts),
                comparison.partitions(),
                replicationFactor(),
                comparison.usageEventsRetention());
    }

    private Map<String, TopicState> found() {
        return topics.find(specs.stream().map(TopicSpec::name).toList());
    }

    private List<NewTopic> missing(final Map<String, TopicState> found) {
        final List<TopicSpec> missing = specs.stream()
                .filter(spec -> spec.origin() == Origin.PROVISIONED && !found.containsKey(spec.name()))
                .toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        final int partitions = new TopicComparison(settings, found).partitions();
        final int replicas = replicationFactor();
        return missing.stream()
                .map(spec -> newTopic(spec, partitions, replicas))
                .toList();
    }

    private int replicationFactor() {
        return settings.replicationFactor() > 0 ? settings.replicationFactor() : topics.defaultReplicationFactor();
    }

    private NewTopic newTopic(final TopicSpec spec, final int partitions, final int replicas) {
        final Map<String, String> config = new LinkedHashMap<>(spec.settings());
        Durability.of(replicas).forEach(requirement -> config.put(requirement.setting(), requirement.value()));
        return new NewTopic(
                        spec.name(),
                        Optional.of(spec.partitioning() == Partitioning.ONE_AT_FIRST ? 1 : partitions),
                        Optional.of(settings.replicationFactor()).filter(factor -> factor > 0))
                .configs(config);
    }

    private List<String> fix(final Map<String, TopicState> before) {
        final List<SettingChange> changes = new TopicComparison(settings, before).changes();
        topics.change(changes);
        return changes.stream().map(SettingChange::toString).toList();
    }

    private List<String> registerSchemas() throws IOException, RestClientException {
        final List<Drift> drifts = new SchemaComparison(registry).drifts(settings.topics());
        if (drifts.isEmpty()) {
            return List.of();
        }
        new SchemaRegistration(registry).register(settings.topics());
        return drifts.stream()
                .map(drift -> "set " + drift.setting() + " of " + drift.place() + " to " + drift.mustBe())
                .toList();
    }
}
