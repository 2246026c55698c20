package dev.driftless.streams.app;

import static java.util.Objects.requireNonNull;

import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.Durations;
import dev.driftless.streams.app.ops.AccountReport;
import dev.driftless.streams.app.ops.InstanceState;
import dev.driftless.streams.app.ops.Lag;
import dev.driftless.streams.app.ops.Metrics;
import dev.driftless.streams.app.ops.OpsServer;
import dev.driftless.streams.app.ops.Response;
import dev.driftless.streams.app.ops.Restoration;
import dev.driftless.streams.app.query.OpenApi;
import dev.driftless.streams.app.query.Peers;
import dev.driftless.streams.app.query.QueryEndpoints;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.provisioning.ProvisioningReport;
import dev.driftless.streams.topology.store.PeriodCounts;
import dev.driftless.streams.topology.store.StoreReads;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the application: waits for brokers and registry, compares topics with what the promises need, processes
 * until it is told to stop or fails for good. Operations endpoints answer from the first moment.
 */
public final class UsageStreamsApp {
    private static final Logger LOG = LoggerFactory.getLogger(UsageStreamsApp.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofHours(1);

    private final AppConfig config;
    private final StopSignal stop = new StopSignal();
    private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();

    private volatile Health beforeStreams = Health.waiting("STARTING", "it is being set up");
    private volatile Optional<RunningStreams> running = Optional.empty();

    public UsageStreamsApp(final AppConfig config) {
        this.config = requireNonNull(config);
    }

    /** Runs until told to stop, or until it fails for good; to be called once. */
    public ExitCode run() {
        ExitCode exitCode = ExitCode.FAILED;
        try {
            exitCode = startAndRun();
            return exitCode;
        } finally {
            ended.complete(exitCode);
        }
    }

    private ExitCode startAndRun() {
        config.warnings().forEach(LOG::warn);
        LOG.info("{}", config.connection());
        try (Metrics metrics = Metrics.create(new State());
                OpsServer ops = serve(metrics)) {
            LOG.info("operations endpoints at http://{}:{}", config.ops().host(), ops.port());
            return runWithRegistry(metrics, ops.port());
        } catch (final StartFailure e) {
            LOG.error("cannot start: {}", e.getMessage());
            LOG.debug("cannot start", e);
            return e.exitCode();
        }
    }

    /** Tells it to stop, and returns at once. */
    public void stop() {
        stop.give();
    }

    /** Waits for {@link #run} to be over; how it ended, or {@link ExitCode#FAILED} if it has not in time. */
    public ExitCode awaitEnd(final Duration patience) throws InterruptedException {
        try {
            return ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final TimeoutException | ExecutionException e) {
            LOG.error("not stopped within {}", Durations.format(patience), e);
            return ExitCode.FAILED;
        }
    }

    private OpsServer serve(final Metrics metrics) {
        try {
            return OpsServer.start(
                    config.ops(),
                    Map.of(
                            "/livez",
                            () -> health().liveness(),
                            "/readyz",
                            () -> health().readiness(),
                            "/metrics",
                            metrics::scrape,
                            "/v1/account",
                            this::account,
                            OpenApi.PATH,
                            OpenApi::document),
                    new QueryEndpoints(() -> running.map(RunningStreams::queries), new Peers(config.ops())));
        } catch (final IOException e) {
            throw new StartFailure(
                    ExitCode.UNAVAILABLE,
                    "ops-host " + config.ops().host() + ", ops-port "
                            + config.ops().port() + ": " + e.getMessage(),
                    e);
        }
    }

    private ExitCode runWithRegistry(final Metrics metrics, final int opsPort) {
        final SchemaRegistryClient registry = Connections.registry(config.connection());
        try {
            final Optional<ProvisioningReport> provisioned =
                    new Startup(config, stop, this::report).provision(registry);
            if (provisioned.isEmpty()) {
                LOG.info("stopped before it had started");
                return ExitCode.OK;
            }
            return process(create(provisioned.get(), registry, opsPort), metrics);
        } finally {
            close(registry, "the registry's client");
        }
    }

    private void report(final String awaited) {
        beforeStreams = Health.waiting("WAITING", "it waits for " + awaited);
    }

    private RunningStreams create(
            final ProvisioningReport provisioned, final SchemaRegistryClient registry, final int opsPort) {
        try {
            return RunningStreams.create(config, provisioned, registry, opsPort, stop);
        } catch (final KafkaException e) {
            throw new StartFailure(
                    ExitCode.UNAVAILABLE, "state-dir " + config.instance().stateDir() + ": " + e.getMessage(), e);
        }
    }

    private ExitCode process(final RunningStreams streams, final Metrics metrics) {
        running = Optional.of(streams);
        final AutoCloseable binding = metrics.bind(streams.streams());
        boolean started = false;
        try {
            streams.start();
            started = true;
            awaitStop();
            LOG.info("stopping");
        } catch (final RuntimeException e) {
            LOG.error("failed to start", e);
        } finally {
            close(binding, "metrics");
        }
        final boolean closed = streams.close();
        LOG.info(started && closed ? "stopped in order" : "ended after a failure");
        return started && closed ? ExitCode.OK : ExitCode.FAILED;
    }

    private void awaitStop() {
        while (!stop.await(LOOK)) {
            LOG.debug("still running");
        }
    }

    private Health health() {
        return running.map(RunningStreams::health).orElse(beforeStreams);
    }

    private Optional<List<PartitionAccount>> accounts() {
        return running.flatMap(RunningStreams::accounts);
    }

    private Response account() {
        return accounts()
                .map(accounts -> Response.json(200, AccountReport.of(accounts)))
                .orElseGet(() -> Response.notNow(
                        Map.of(
                                "error",
                                "the account cannot be read while partitions move or nothing is processed",
                                "state",
                                health().state()),
                        RETRY_AFTER));
    }

    /** For metrics. */
    private final class State implements InstanceState {
        @Override
        public List<PartitionAccount> accounts() {
            return UsageStreamsApp.this.accounts().orElse(List.of());
        }

        @Override
        public List<Lag> lags() {
            return running.map(RunningStreams::lags).orElse(List.of());
        }

        @Override
        public List<Restoration> restoring() {
            return running.map(RunningStreams::restoring).orElse(List.of());
        }

        @Override
        public List<StoreReads> storeReads() {
            return running.map(RunningStreams::storeReads).orElse(List.of());
        }

        @Override
        public List<PeriodCounts> periods() {
            return running.map(RunningStreams::periods).orElse(List.of());
        }

        @Override
        public boolean isReady() {
            return health().ready();
        }

        @Override
        public int waitingForSchemas() {
            return running.map(RunningStreams::waitingForSchemas).orElse(0);
        }

        @Override
        public long restarts() {
            return running.map(RunningStreams::restarts).orElse(0L);
        }
    }

    private static void close(final AutoCloseable resource, final String what) {
        try {
            resource.close();
        } catch (final Exception e) {
            LOG.warn("{} could not be closed", what, e);
        }
    }
}
