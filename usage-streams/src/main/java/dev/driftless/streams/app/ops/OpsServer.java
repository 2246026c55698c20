package dev.driftless.streams.app.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.driftless.streams.app.config.OpsConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a few read-only endpoints over HTTP, for probes and people. Paths match exactly; GET and HEAD only.
 *
 * <p><b>Bounds.</b> Few threads and a short queue, so that the pipeline is not slowed down; what comes in beyond them
 * waits to be accepted. A client that has not sent its request, or not taken the response, within some seconds is cut
 * off, so that slow clients cannot keep a probe waiting for long.
 */
public final class OpsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 64;
    private static final String MOST_SECONDS = "5";
    private static final int NO_BODY = -1;
    /** Header of a request that one instance passes on to another. */
    public static final String FORWARDED = "Driftless-Forwarded";

    private final HttpServer server;
    private final ExecutorService executor;

    private OpsServer(final HttpServer server, final ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /**
     * Starts to serve.
     *
     * @param endpoints path to what answers it
     * @param others answers other paths, or does not know them
     * @throws IOException if the address cannot be listened on
     */
    public static OpsServer start(
            final OpsConfig config,
            final Map<String, Supplier<Response>> endpoints,
            final Function<Request, Optional<Response>> others)
            throws IOException {
        limitSlowClients();
        final InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new IOException("host " + config.host() + " is not known");
        }
        final HttpServer server = HttpServer.create(address, MOST_WAITING);
        final Map<String, Supplier<Response>> paths = Map.copyOf(endpoints);
        final ExecutorService executor = executor();
        server.createContext("/", exchange -> serve(exchange, paths, others));
        server.setExecutor(executor);
        server.start();
        return new OpsServer(server, executor);
    }

    /** The port that is listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** The JDK's server takes these limits from system properties alone, once. What was set outside stands. */
    private static void limitSlowClients() {
        System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", MOST_SECONDS);
        System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", MOST_SECONDS);
    }

    /** Where the queue is full, the server's own thread does the work and accepts nothing meanwhile. */
    private static ExecutorService executor() {
        final AtomicInteger number = new AtomicInteger();
        final ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(MOST_WAITING),
                task -> {
                    final Thread thread = new Thread(task, "ops-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                new CallerRunsPolicy());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static void serve(
            final HttpExchange exchange,
            final Map<String, Supplier<Response>> endpoints,
            final Function<Request, Optional<Response>> others)
            throws IOException {
        try (exchange) {
            send(exchange, answer(exchange, endpoints, others));
        }
    }

    private static Response answer(
            final HttpExchange exchange,
            final Map<String, Supplier<Response>> endpoints,
            final Function<Request, Optional<Response>> others) {
        final String path = exchange.getRequestURI().getPath();
        final Supplier<Response> endpoint = endpoints.get(path);
        try {
            final Request request = Request.of(
                    exchange.getRequestURI(), exchange.getRequestHeaders().containsKey(FORWARDED));
            if (!exchange.getRequestMethod().equals("GET") && !isHead(exchange)) {
                return endpoint == null && others.apply(request).isEmpty()
                        ? unknown(path, endpoints)
                        : Response.error(405, exchange.getRequestMethod() + " is not possible; GET and HEAD are")
                                .with("Allow", "GET, HEAD");
            }
            return endpoint == null ? others.apply(request).orElseGet(() -> unknown(path, endpoints)) : endpoint.get();
        } catch (final IllegalArgumentException e) {
            return Response.error(400, e.getMessage());
        } catch (final RuntimeException e) {
            LOG.error("{} failed", path, e);
            return Response.error(500, "failed; the log says why");
        }
    }

    private static Response unknown(final String path, final Map<String, Supplier<Response>> endpoints) {
        return Response.error(
                404,
                "there is no " + path + "; there are "
                        + endpoints.keySet().stream().sorted().toList());
    }

    private static void send(final HttpExchange exchange, final Response response) throws IOException {
        final byte[] body = response.body().getBytes(UTF_8);
        final var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.contentType());
        headers.set("Cache-Control", "no-store");
        response.headers().forEach(headers::set);
        if (isHead(exchange)) {
            headers.set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(response.status(), NO_BODY);
        } else {
            exchange.sendResponseHeaders(response.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static boolean isHead(final HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }
}
