package dev.driftless.gateway.http;

import io.vertx.core.http.HttpServerRequest;

/** Answers the requests of one address. On the request's own thread. */
@FunctionalInterface
interface Endpoint {
    void handle(HttpServerRequest request, RequestEnd end);
}
