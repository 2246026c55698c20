package dev.driftless.gateway.http;

import io.vertx.core.http.HttpServerRequest;

/** Takes the events of one address' requests and answers. On the request's own thread. */
@FunctionalInterface
interface Endpoint {
    void handle(HttpServerRequest request, Caller caller, RequestEnd end);
}
