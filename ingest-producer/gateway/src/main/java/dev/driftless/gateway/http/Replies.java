package dev.driftless.gateway.http;

import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private Replies() {}

    static void send(final HttpServerRequest request, final Reply reply) {
        final HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (reply.body().length() > 0) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType());
        }
        // Whoever is refused before all is read would go on sending.
        final boolean isCut = !request.isEnded();
        if (isCut && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.end(reply.body()).onComplete(sent -> {
            if (isCut) {
                cut(request);
            }
        });
    }

    /** Takes no more of a request that was answered before all of it had come in. */
    static void cut(final HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    /** Answers a request that failed: refused on the way, or by a fault of this program, which is logged. */
    static void fail(final HttpServerRequest request, final Dialect dialect, final Throwable failure) {
        if (failure instanceof RefusedException refused) {
            send(request, refused.reply(dialect));
            return;
        }
        LOG.error("{} {} failed", request.method(), request.path(), failure);
        send(
                request,
                dialect.refused(Refusal.of(
                        ErrorCode.INTERNAL_ERROR, "the gateway failed; its log says why; " + Problems.RETRY)));
    }
}
