package dev.driftless.gateway.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what answers a request, after its key was checked. */
final class Router implements Handler<HttpServerRequest> {
    private static final String KEY_HEADER = "x-api-key";
    private static final String BEARER = "bearer ";
    private static final String ELSEWHERE = "(none)";
    private static final Set<String> TYPES = Set.of(
            "application/json",
            "text/json",
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl");

    private final Services services;
    private final Routes routes;
    private final Map<String, List<Route>> byPath;
    private final ActiveRequests active;

    Router(final Services services, final ActiveRequests active) {
        this.services = services;
        this.active = active;
        this.routes = new Routes(services);
        this.byPath = routes.all().stream().collect(groupingBy(Route::path));
    }

    @Override
    public void handle(final HttpServerRequest request) {
        final List<Route> candidates = byPath.getOrDefault(request.path(), List.of());
        final RequestEnd end = watch(request, candidates.isEmpty() ? ELSEWHERE : request.path());
        final Optional<Route> found = candidates.stream()
                .filter(route -> route.method().equals(request.method()))
                .findFirst();
        if (found.isPresent()) {
            serve(request, found.get(), end);
        } else {
            Replies.send(request, nothingThere(request, candidates));
        }
    }

    private RequestEnd watch(final HttpServerRequest request, final String path) {
        final long start = System.nanoTime();
        active.enter();
        final RequestEnd end = RequestEnd.of(request.response());
        end.then(() -> {
            active.leave();
            services.metrics().time(path, request.response().getStatusCode(), System.nanoTime() - start);
        });
        return end;
    }

    private void serve(final HttpServerRequest request, final Route route, final RequestEnd end) {
        if (route.needsKey() && services.stopping().get()) {
            Replies.send(
                    request,
                    route.dialect()
                            .refused(Refusal.of(ErrorCode.UNAVAILABLE, "the gateway is stopping: " + Problems.RETRY)));
        } else if (route.needsKey() && !services.config().apiKeys().admit(key(request))) {
            Replies.send(
                    request,
                    route.dialect()
                            .refused(Refusal.of(
                                    ErrorCode.UNAUTHORIZED,
                                    "send a valid key in the header x-api-key, or as Authorization: Bearer …")));
        } else if (route.needsKey() && !TYPES.contains(Routes.mediaType(request))) {
            Replies.send(
                    request,
                    route.dialect()
                            .refused(Refusal.of(
                                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                                    "Content-Type '" + Routes.mediaType(request) + "' must be application/json"
                                            + ", or what else the OpenAPI document gives for this address")));
        } else {
            route.endpoint().handle(request, end);
        }
    }

    private static Optional<String> key(final HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(KEY_HEADER))
                .or(() -> Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                        .map(value -> value.substring(BEARER.length()).strip()));
    }

    private Reply nothingThere(final HttpServerRequest request, final List<Route> candidates) {
        final Dialect dialect = routes.dialectOf(request.path());
        if (candidates.isEmpty()) {
            return dialect.refused(Refusal.of(
                    ErrorCode.NOT_FOUND, "there is no " + request.path() + "; /openapi.json says what there is"));
        }
        final String allowed =
                candidates.stream().map(Route::method).map(HttpMethod::name).collect(joining(", "));
        return dialect.refused(Refusal.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        request.path() + " takes " + allowed + ", not " + request.method()))
                .with("Allow", allowed);
    }
}
