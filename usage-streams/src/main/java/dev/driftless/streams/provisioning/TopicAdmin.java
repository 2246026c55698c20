package dev.driftless.streams.provisioning;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The few things that provisioning asks of the brokers, each within a bounded time. */
final class TopicAdmin {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(100);
    private static final String DEFAULT_REPLICATION_FACTOR = "default.replication.factor";

    private final Admin admin;

    TopicAdmin(final Admin admin) {
        this.admin = admin;
    }

    int brokers() {
        return await(admin.describeCluster().nodes()).size();
    }

    /** Those of the topics that exist. */
    Map<String, TopicState> find(final Collection<String> names) {
        final Map<String, TopicDescription> descriptions = describe(names);
        final Map<ConfigResource, Config> configs = await(admin.describeConfigs(
                        descriptions.keySet().stream().map(TopicAdmin::resource).toList())
                .all());
        final Map<String, TopicState> found = new TreeMap<>();
        descriptions.forEach((name, description) -> found.put(name, state(description, configs.get(resource(name)))));
        return found;
    }

    private Map<String, TopicDescription> describe(final Collection<String> names) {
        final Map<String, TopicDescription> descriptions = new TreeMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, future) -> existing(future)
                .ifPresent(found -> descriptions.put(name, found)));
        return descriptions;
    }

    private static Optional<TopicDescription> existing(final KafkaFuture<TopicDescription> future) {
        try {
            return Optional.of(await(future));
        } catch (final UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private static TopicState state(final TopicDescription description, final Config config) {
        return new TopicState(
                description.partitions().size(),
                description.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(0),
                config.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    }

    /** What the brokers give a topic for which none is named. */
    int defaultReplicationFactor() {
        final Node broker = await(admin.describeCluster().nodes()).iterator().next();
        final ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
        final ConfigEntry entry = await(admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .get(DEFAULT_REPLICATION_FACTOR);
        return Numbers.parse(entry.value()).orElse(1L).intValue();
    }

    /** Creates topics; returns the names of those that nobody else created in the meantime. */
    List<String> create(final Collection<NewTopic> topics) {
        final List<String> created = new ArrayList<>();
        final Map<String, KafkaFuture<Void>> answers =
                admin.createTopics(topics).values();
        topics.stream().map(NewTopic::name).forEach(name -> {
            try {
                await(answers.get(name));
                created.add(name);
            } catch (final TopicExistsException e) {
                // Another instance was faster; what it created is compared like any topic that was there before.
            }
        });
        final List<String> names = topics.stream().map(NewTopic::name).toList();
        awaitUntil(() -> describe(names).size() == names.size());
        return created;
    }

    /** A broker may hear of what the controller has done a little later than the one that answered. */
    private static void awaitUntil(final BooleanSupplier known) {
        final long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!known.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN_AFTER.toNanos());
        }
    }

    /** Changes settings, and waits until brokers answer with them. */
    void change(final Collection<SettingChange> changes) {
        changes.stream()
                .collect(Collectors.groupingBy(
                        SettingChange::topic,
                        TreeMap::new,
                        Collectors.toMap(SettingChange::setting, SettingChange::is)))
                .forEach(this::change);
    }

    private void change(final String topic, final Map<String, String> settings) {
        final List<AlterConfigOp> operations =
                settings.entrySet().stream().map(TopicAdmin::set).toList();
        await(admin.incrementalAlterConfigs(Map.of(resource(topic), operations)).all());
        awaitUntil(() -> find(List.of(topic)).values().stream()
                .allMatch(state -> state.settings().entrySet().containsAll(settings.entrySet())));
    }

    private static AlterConfigOp set(final Entry<String, String> setting) {
        return new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()), OpType.SET);
    }

    private static ConfigResource resource(final String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T await(final KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), MILLISECONDS);
        } catch (final InterruptedException e) {
            throw new InterruptException(e);
        } catch (final TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer within " + PATIENCE, e);
        } catch (final ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }
}
