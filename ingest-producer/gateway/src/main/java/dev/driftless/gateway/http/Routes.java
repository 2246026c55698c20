package dev.driftless.gateway.http;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** All addresses of the gateway. The OpenAPI document describes these and no others; a test holds it to that. */
final class Routes {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final Set<String> NDJSON = Set.of(NdjsonSession.TYPE, "application/ndjson", "application/jsonl");

    private final Services services;
    private final Dialect plain = new NativeDialect();
    private final Dialect hosted;
    private final Dialect cloudEvents = new CloudEventDialect();

    Routes(final Services services) {
        this.services = services;
        this.hosted = new HostedDialect(services.clock());
    }

    /** What those who send usage need. */
    List<Route> ingest() {
        final List<Route> routes = new ArrayList<>();
        final Endpoint single = single(plain);
        final Endpoint batch = batch(plain);
        routes.add(post("/v1/usage/events", plain, single));
        routes.add(post(
                "/v1/usage/events/batch", plain, (request, caller, end) -> handleBatch(request, caller, end, batch)));
        for (final String prefix : List.of("/api", "/api/v1")) {
            routes.add(post(prefix + "/usage/events", hosted, single(hosted)));
            routes.add(post(prefix + "/usage/events/batch", hosted, batch(hosted)));
        }
        routes.add(post("/api/v1/events", cloudEvents, cloudEvents()));
        routes.add(get("/openapi.json", request -> Replies.send(request, OpenApi.reply())));
        routes.addAll(probes());
        return List.copyOf(routes);
    }

    /** What operators need. */
    List<Route> ops() {
        final List<Route> routes = new ArrayList<>(probes());
        routes.add(get("/metrics", this::metrics));
        return List.copyOf(routes);
    }

    /** On both ports: whoever spreads load asks where the load goes. */
    private List<Route> probes() {
        return List.of(get("/livez", request -> Replies.send(request, text("live"))), get("/readyz", this::ready));
    }

    /** The form of answers about an address that does not exist. */
    Dialect dialectOf(final String path) {
        return path.startsWith("/api/") && !path.startsWith("/api/v1/events") ? hosted : plain;
    }

    private static Route post(final String path, final Dialect dialect, final Endpoint endpoint) {
        return new Route(POST, path, true, dialect, endpoint);
    }

    private Route get(final String path, final Consumer<HttpServerRequest> answer) {
        return new Route(GET, path, false, plain, (request, caller, end) -> answer.accept(request));
    }

    private Endpoint single(final Dialect dialect) {
        return new EventsEndpoint(services, dialect, (body, key) -> Forms.single(dialect.reader(), body, key));
    }

    private Endpoint batch(final Dialect dialect) {
        final int most = services.config().limits().batchEvents();
        return new EventsEndpoint(services, dialect, (body, key) -> Forms.batch(dialect.reader(), most, body, key));
    }

    private Endpoint cloudEvents() {
        final int most = services.config().limits().batchEvents();
        return new EventsEndpoint(services, cloudEvents, (body, key) -> Forms.either(cloudEvents.reader(), most, body));
    }

    private void handleBatch(
            final HttpServerRequest request, final Caller caller, final RequestEnd end, final Endpoint whole) {
        if (NDJSON.contains(mediaType(request))) {
            new NdjsonSession(
                            request,
                            plain.reader(),
                            services.intake(),
                            services.stopping()::get,
                            services.metrics()::count,
                            caller,
                            services.config().times().request(),
                            services.vertx())
                    .start(end);
        } else {
            whole.handle(request, caller, end);
        }
    }

    /** Without parameters; JSON where none is given. */
    static String mediaType(final HttpServerRequest request) {
        final String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? Reply.JSON : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private void ready(final HttpServerRequest request) {
        Replies.send(
                request,
                services.stopping().get()
                        ? plain.refused(Refusal.of(ErrorCode.UNAVAILABLE, "the gateway is stopping"))
                        : text("ready"));
    }

    private void metrics(final HttpServerRequest request) {
        Replies.send(
                request,
                new Reply(200, PROMETHEUS, Buffer.buffer(services.metrics().scrape()), Map.of()));
    }

    private static Reply text(final String status) {
        return Reply.json(200, Reply.JSON, Json.object().put("status", status));
    }
}
