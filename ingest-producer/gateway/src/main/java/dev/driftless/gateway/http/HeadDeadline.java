package dev.driftless.gateway.http;

import dev.driftless.gateway.config.GatewayConfig.Times;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * Cuts off connections on which no request begins in time: byte by byte, a head could be sent for ever without the
 * connection being idle. For one event loop, on its thread.
 */
final class HeadDeadline {
    private final Vertx vertx;
    private final Times times;
    private final Map<HttpConnection, Pending> connections = new HashMap<>();

    HeadDeadline(final Vertx vertx, final Times times) {
        this.vertx = vertx;
        this.times = times;
    }

    /** A connection is there. */
    void opened(final HttpConnection connection) {
        final Pending pending = new Pending(connection);
        connections.put(connection, pending);
        connection.closeHandler(closed -> {
            pending.cancel();
            connections.remove(connection);
        });
        pending.await(times.request().toMillis());
    }

    /** The head of a request has come in; once it is over, the next may take as long as a connection may be idle. */
    void begun(final HttpServerRequest request, final RequestEnd end) {
        final Pending pending = connections.get(request.connection());
        if (pending != null) {
            pending.begin();
            end.then(pending::end);
        }
    }

    private final class Pending {
        private static final long NONE = -1;

        private final HttpConnection connection;
        private long timer = NONE;
        private int requests;

        Pending(final HttpConnection connection) {
            this.connection = connection;
        }

        void begin() {
            cancel();
            requests++;
        }

        void end() {
            requests--;
            if (requests == 0 && connections.containsKey(connection)) {
                await(times.idle().toMillis());
            }
        }

        void await(final long millis) {
            cancel();
            timer = vertx.setTimer(millis, late -> connection.close());
        }

        void cancel() {
            if (timer != NONE) {
                vertx.cancelTimer(timer);
                timer = NONE;
            }
        }
    }
}
