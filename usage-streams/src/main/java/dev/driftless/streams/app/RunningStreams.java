package dev.driftless.streams.app;

import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.Durations;
import dev.driftless.streams.app.config.LifeCycleConfig;
import dev.driftless.streams.app.ops.Lag;
import dev.driftless.streams.app.ops.Restoration;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.provisioning.ProvisioningReport;
import dev.driftless.streams.topology.TopologySettings;
import dev.driftless.streams.topology.UsageTopology;
import dev.driftless.streams.topology.query.Periods;
import dev.driftless.streams.topology.query.UsageQueries;
import dev.driftless.streams.topology.store.PeriodCounts;
import dev.driftless.streams.topology.store.RocksDbMemory;
import dev.driftless.streams.topology.store.StoreReads;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.TaskMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams with the topology, from start to close. Safe for use by several threads. */
final class RunningStreams {
    private static final Logger LOG = LoggerFactory.getLogger(RunningStreams.class);

    private static final String THREAD_RUNNING = "RUNNING";

    private final AppConfig config;
    private final RocksDbMemory memory;
    private final RestartPolicy restarts;
    private final RestoreProgress restoring;
    private final SchemaWait schemas;
    private final KafkaStreams streams;
    private final UsageQueries queries;
    private final Periods periods;

    private RunningStreams(
            final AppConfig config,
            final RocksDbMemory memory,
            final RestartPolicy restarts,
            final RestoreProgress restoring,
            final SchemaWait schemas,
            final KafkaStreams streams,
            final UsageQueries queries) {
        this.config = config;
        this.memory = memory;
        this.restarts = restarts;
        this.restoring = restoring;
        this.schemas = schemas;
        this.streams = streams;
        this.queries = queries;
        this.periods = new Periods(streams, config.topology().closing().grace(), Clock.systemUTC());
    }

    /**
     * All that can be set up before the start.
     *
     * @param provisioned what the topics are like
     * @param opsPort port of this instance's endpoints
     * @param end given when processing has failed for good
     * @throws org.apache.kafka.common.KafkaException if the state directory or a raw setting cannot be used
     */
    static RunningStreams create(
            final AppConfig config,
            final ProvisioningReport provisioned,
            final SchemaRegistryClient registry,
            final int opsPort,
            final StopSignal end) {
        final RocksDbMemory memory = new RocksDbMemory(config.instance().rocksDbBytes());
        final RestartPolicy restarts =
                restartPolicy(config.lifeCycle(), config.instance().threads());
        final RestoreProgress restoring = new RestoreProgress();
        final TopologySettings topology =
                config.topology().withUsageEventsRetention(provisioned.usageEventsRetention());
        final SchemaWait schemas = SchemaWait.of(registry, config.topics());
        final KafkaStreams streams = schemas.streams(
                new UsageTopology(topology, config.topics(), provisioned.partitions(), registry).toTopology(),
                StreamsProperties.of(config, memory, provisioned.replicationFactor(), opsPort));
        streams.setUncaughtExceptionHandler(restarts);
        streams.setGlobalStateRestoreListener(restoring);
        streams.setStateListener((now, before) -> {
            LOG.info("state is {}, was {}", now, before);
            if (now == State.ERROR) {
                end.give();
            }
        });
        return new RunningStreams(
                config,
                memory,
                restarts,
                restoring,
                schemas,
                streams,
                new UsageQueries(streams, topology, provisioned.partitions()));
    }

    private static RestartPolicy restartPolicy(final LifeCycleConfig lifeCycle, final int threads) {
        return new RestartPolicy(
                new RestartBudget(lifeCycle.restartLimit(), lifeCycle.restartWindow(), threads, Clock.systemUTC()));
    }

    /** Starts, and returns when the catalog has been read. */
    void start() {
        streams.start();
    }

    KafkaStreams streams() {
        return streams;
    }

    /** Restarts of threads so far. */
    long restarts() {
        return restarts.restarts();
    }

    Health health() {
        final State state = streams.state();
        if (restarts.pausing() > 0) {
            return Health.pausing(state, restoring.running());
        }
        return state == State.RUNNING && !areAllThreadsRunning()
                ? Health.incomplete(restoring.running())
                : Health.of(state, restoring.running());
    }

    /** Kafka Streams calls itself running also while a thread that replaces another waits for its partitions. */
    private boolean areAllThreadsRunning() {
        try {
            return streams.metadataForLocalThreads().stream()
                    .allMatch(thread -> thread.threadState().equals(THREAD_RUNNING));
        } catch (final IllegalStateException e) {
            LOG.debug("stopped in the meantime", e);
            return false;
        }
    }

    /** Answers about single customers. */
    UsageQueries queries() {
        return queries;
    }

    /** How the stores on disk were read; nothing after the end. */
    List<StoreReads> storeReads() {
        return memory.reads();
    }

    /** How many aggregates each partition has; nothing while partitions move. */
    List<PeriodCounts> periods() {
        return accounts().map(periods::of).orElse(List.of());
    }

    /** What is being restored. */
    List<Restoration> restoring() {
        return restoring.running();
    }

    /** Partitions of the inputs that wait until the registry tells a schema. */
    int waitingForSchemas() {
        return schemas.waiting();
    }

    /** How far behind each partition of the inputs is; nothing while partitions move. */
    List<Lag> lags() {
        try {
            return streams.metadataForLocalThreads().stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .flatMap(RunningStreams::lags)
                    .toList();
        } catch (final IllegalStateException e) {
            LOG.debug("stopped in the meantime", e);
            return List.of();
        }
    }

    private static Stream<Lag> lags(final TaskMetadata task) {
        return task.endOffsets().entrySet().stream()
                .filter(end -> end.getValue() >= 0)
                .map(end -> new Lag(
                        end.getKey().topic(),
                        end.getKey().partition(),
                        Math.max(
                                0,
                                end.getValue()
                                        - Math.max(0, task.committedOffsets().getOrDefault(end.getKey(), 0L)))));
    }

    /** The accounts of the partitions that this instance holds; nothing while partitions move. */
    Optional<List<PartitionAccount>> accounts() {
        return health().ready() ? new PartitionAccounts(streams).read() : Optional.empty();
    }

    /** Commits and closes; whether that went well, which it did not if processing had failed before. */
    boolean close() {
        restarts.stop();
        final boolean failed = streams.state() == State.ERROR || streams.state() == State.PENDING_ERROR;
        final boolean closed =
                streams.close(CloseOptions.timeout(config.lifeCycle().shutdownTimeout())
                        .withGroupMembershipOperation(membershipAfterwards()));
        schemas.close();
        if (closed) {
            memory.close();
        } else {
            LOG.error(
                    "not closed within shutdown-timeout {}; what was not committed is processed again",
                    Durations.format(config.lifeCycle().shutdownTimeout()));
        }
        return closed && !failed;
    }

    /** A static member comes back to its partitions; any other leaves, so that they are taken over at once. */
    private GroupMembershipOperation membershipAfterwards() {
        final boolean isStatic = config.connection().kafka().keySet().stream()
                .anyMatch(name -> name.endsWith(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        return isStatic ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP;
    }
}
