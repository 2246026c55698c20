package dev.driftless.gateway.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.schemas.access.ApiKey;
import dev.driftless.schemas.access.Scope;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what answers a request, after its key was checked. */
final class Router {
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

    private static final Caller NOBODY = Caller.nobody();

    private final Services services;
    private final Routes routes;
    private final Map<String, List<Route>> byPath;
    private final ActiveRequests active;

    Router(final Services services, final ActiveRequests active, final Routes routes, final List<Route> served) {
        this.services = services;
        this.active = active;
        this.routes = routes;
        this.byPath = served.stream().collect(groupingBy(Route::path));
    }

    /** Answers a request, at once or later; says when it is over. */
    RequestEnd answer(final HttpServerRequest request) {
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
        return end;
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
        if (!route.needsKey()) {
            route.endpoint().handle(request, NOBODY, end);
            return;
        }
        final Optional<ApiKey> key = services.callers().find(key(request));
        final Optional<Refusal> refusal = refusal(request, key);
        if (refusal.isPresent()) {
            Replies.send(request, route.dialect().refused(refusal.get()));
        } else {
            route.endpoint().handle(request, services.callers().caller(key.orElseThrow()), end);
        }
    }

    private Optional<Refusal> refusal(final HttpServerRequest request, final Optional<ApiKey> key) {
        if (services.stopping().get()) {
            return Optional.of(Refusal.of(ErrorCode.UNAVAILABLE, "the gateway is stopping: " + Problems.RETRY));
        }
        if (key.isEmpty()) {
            return Optional.of(Refusal.of(
                    ErrorCode.UNAUTHORIZED, "send a valid key in the header x-api-key, or as Authorization: Bearer …"));
        }
        if (!key.get().allows(Scope.INGEST)) {
            return Optional.of(
                    Refusal.of(ErrorCode.FORBIDDEN, "this API key is not for sending usage: it needs scope=ingest"));
        }
        if (!TYPES.contains(Routes.mediaType(request))) {
            return Optional.of(Refusal.of(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type '" + Routes.mediaType(request) + "' must be application/json"
                            + ", or what else the OpenAPI document gives for this address"));
        }
        return Optional.empty();
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
