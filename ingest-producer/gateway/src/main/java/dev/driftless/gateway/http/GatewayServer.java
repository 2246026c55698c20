package dev.driftless.gateway.http;

import static java.util.Objects.requireNonNull;

import dev.driftless.gateway.config.GatewayConfig;
import dev.driftless.gateway.config.TlsFiles;
import dev.driftless.gateway.intake.Intake;
import dev.driftless.schemas.access.ApiKeys;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server. Connections are shared among as many event loops as there are processors; a request is read, judged
 * and answered on the loop of its connection, large bodies are judged by worker threads. No thread waits for a broker.
 */
public final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final Duration BIND = Duration.ofSeconds(20);
    private static final Duration END = Duration.ofSeconds(5);
    /** One and the same free port for all loops. */
    private static final int ANY_SHARED = -1;

    private final Vertx vertx;
    private final Services services;
    private final ActiveRequests active = new ActiveRequests();
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicInteger ops = new AtomicInteger();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    private GatewayServer(final GatewayConfig config, final Intake intake, final Clock clock) {
        final int processors = Runtime.getRuntime().availableProcessors();
        this.vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(processors).setWorkerPoolSize(Math.max(2, processors)));
        final MemoryBudget budget = new MemoryBudget(config.limits().allBodyBytes());
        this.services = new Services(
                vertx,
                requireNonNull(config),
                intake,
                new Callers(
                        config.keys().read(),
                        config.limits().eventsPerSecond(),
                        config.limits().batchEvents()),
                budget,
                new GatewayMetrics(intake, budget),
                clock,
                new AtomicBoolean());
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException if the address cannot be listened on; the message says why
     */
    public static GatewayServer start(final GatewayConfig config, final Intake intake, final Clock clock) {
        final GatewayServer server = new GatewayServer(config, intake, clock);
        try {
            server.listenForOps();
            server.await(
                    server.vertx.deployVerticle(
                            server::newLoop,
                            new DeploymentOptions()
                                    .setInstances(Runtime.getRuntime().availableProcessors())),
                    BIND);
            return server;
        } catch (final RuntimeException e) {
            server.vertx.close();
            throw new IllegalStateException(
                    "cannot listen on " + config.host() + ":" + config.port() + " and "
                            + config.ops().host() + ":" + config.ops().port() + ": " + e.getMessage(),
                    e);
        }
    }

    /** The port that is listened on. */
    public int port() {
        return port.get();
    }

    /** The port on which operators' addresses are. */
    public int opsPort() {
        return ops.get();
    }

    /** From now on these keys hold, and no others. */
    public void renew(final ApiKeys keys) {
        services.callers().renew(keys);
    }

    /**
     * From now on new connections get the certificate that is in the files now.
     *
     * @throws IllegalStateException if the files cannot be used; then the certificate stays
     */
    public void renewCertificate(final TlsFiles files) {
        for (final HttpServer server : servers) {
            await(server.updateSSLOptions(Tls.options(files), true), BIND);
        }
    }

    /** All addresses. */
    List<Route> routes() {
        final Routes routes = new Routes(services);
        return Stream.concat(routes.ingest().stream(), routes.ops().stream())
                .distinct()
                .toList();
    }

    /** Requests that are not answered yet. */
    int activeRequests() {
        return active.count();
    }

    /** Bytes of all bodies that are held. */
    long bodyBytes() {
        return services.budget().used();
    }

    /** From now on requests with events are answered with 503, and so is the question whether it is ready. */
    void stopTaking() {
        services.stopping().set(true);
    }

    /**
     * Takes no more requests, waits until those that were taken are answered, then ends.
     *
     * @param time how long to wait at most
     * @return whether all were answered
     */
    public boolean drain(final Duration time) {
        stopTaking();
        try {
            return active.awaitNone(time);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        stopTaking();
        try {
            await(vertx.close(), END);
        } catch (final IllegalStateException e) {
            LOG.warn("the HTTP server did not end in order", e);
        }
    }

    private VerticleBase newLoop() {
        return new Loop();
    }

    private <T> void await(final Future<T> future, final Duration time) {
        try {
            future.toCompletionStage().toCompletableFuture().get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        } catch (final TimeoutException e) {
            throw new IllegalStateException("no answer for " + time.toSeconds() + " seconds", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void listenForOps() {
        final Routes routes = new Routes(services);
        final HttpServer server = vertx.createHttpServer(plainOptions())
                .requestHandler(new Router(services, active, routes, routes.ops())::answer);
        await(
                server.listen(
                                services.config().ops().port(),
                                services.config().ops().host())
                        .onSuccess(listening -> ops.set(listening.actualPort())),
                BIND);
    }

    private HttpServerOptions plainOptions() {
        return new HttpServerOptions()
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) services.config().times().idle().toMillis())
                .setHandle100ContinueAutomatically(true)
                // A connection that may turn into HTTP/2 is not known before its first request.
                .setHttp2ClearTextEnabled(false);
    }

    private HttpServerOptions options() {
        return services.config()
                .tls()
                .map(files -> Tls.secure(plainOptions(), files))
                .orElseGet(this::plainOptions);
    }

    /** One event loop. */
    private final class Loop extends VerticleBase {
        @Override
        public Future<?> start() {
            final GatewayConfig config = services.config();
            final Routes routes = new Routes(services);
            final Router router = new Router(services, active, routes, routes.ingest());
            final HeadDeadline deadline = new HeadDeadline(vertx, config.times());
            final HttpServer server = vertx.createHttpServer(options())
                    .connectionHandler(deadline::opened)
                    .requestHandler(request -> deadline.begun(request, router.answer(request)));
            servers.add(server);
            return server.listen(config.port() == 0 ? ANY_SHARED : config.port(), config.host())
                    .onSuccess(listening -> port.set(listening.actualPort()));
        }
    }
}
