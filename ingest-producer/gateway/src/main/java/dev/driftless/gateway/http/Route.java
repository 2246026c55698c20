package dev.driftless.gateway.http;

import static java.util.Objects.requireNonNull;

import io.vertx.core.http.HttpMethod;

/**
 * An address and what answers it.
 *
 * @param needsKey whether only those with an API key may use it
 * @param dialect the form of its answers
 */
record Route(HttpMethod method, String path, boolean needsKey, Dialect dialect, Endpoint endpoint) {
    Route {
        requireNonNull(method);
        requireNonNull(path);
        requireNonNull(dialect);
        requireNonNull(endpoint);
    }
}
