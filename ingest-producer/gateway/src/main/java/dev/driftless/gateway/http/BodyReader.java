package dev.driftless.gateway.http;

import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Reads a whole body, decompressed and bounded. What it reserved of the budget is given back when the request has ended,
 * however that was. On the request's own thread.
 */
final class BodyReader {
    private final int limit;
    private final MemoryBudget budget;
    private final ChunkDecoder decoder;
    private final Promise<Buffer> read = Promise.promise();
    private Buffer body = Buffer.buffer();
    private long reserved;

    private BodyReader(final int limit, final MemoryBudget budget, final ChunkDecoder decoder) {
        this.limit = limit;
        this.budget = budget;
        this.decoder = decoder;
    }

    /** The body; fails with a {@link RefusedException}, or with what became of the connection. */
    static Future<Buffer> read(final HttpServerRequest request, final RequestEnd end, final Services services) {
        try {
            final ChunkDecoder decoder = ChunkDecoder.of(request.getHeader(HttpHeaders.CONTENT_ENCODING));
            final BodyReader reader =
                    new BodyReader(services.config().limits().bodyBytes(), services.budget(), decoder);
            final long timer = services.vertx()
                    .setTimer(services.config().times().request().toMillis(), late -> reader.fail(tooSlow()));
            reader.read.future().onComplete(read -> services.vertx().cancelTimer(timer));
            end.then(() -> services.vertx().cancelTimer(timer));
            end.then(reader::release);
            return reader.read(request);
        } catch (final RefusedException e) {
            return Future.failedFuture(e);
        }
    }

    private static RefusedException tooSlow() {
        return new RefusedException(Refusal.of(
                ErrorCode.REQUEST_TIMEOUT, "the body came in too slowly; nothing of it was taken: send it again"));
    }

    private Future<Buffer> read(final HttpServerRequest request) {
        request.exceptionHandler(this::fail);
        request.handler(this::take);
        request.endHandler(end -> finish());
        return read.future();
    }

    private void take(final Buffer chunk) {
        if (read.future().isComplete()) {
            return;
        }
        try {
            decoder.feed(chunk.getBytes());
            for (Optional<byte[]> next = decoder.next(); next.isPresent(); next = decoder.next()) {
                append(next.get());
            }
        } catch (final RefusedException e) {
            fail(e);
        }
    }

    private void finish() {
        if (read.future().isComplete()) {
            return;
        }
        try {
            decoder.finish();
            read.tryComplete(body);
        } catch (final RefusedException e) {
            fail(e);
        }
    }

    private void append(final byte[] bytes) {
        if (body.length() + bytes.length > limit) {
            throw new RefusedException(Refusal.of(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "the body must have at most " + limit + " bytes, decompressed: send it in parts, or as NDJSON"));
        }
        if (!budget.reserve(bytes.length)) {
            throw new RefusedException(
                    Refusal.of(ErrorCode.RATE_LIMITED, "too many large bodies are being read: try again"));
        }
        reserved += bytes.length;
        body.appendBytes(bytes);
    }

    private void fail(final Throwable failure) {
        body = Buffer.buffer();
        read.tryFail(failure);
    }

    private void release() {
        body = Buffer.buffer();
        budget.release(reserved);
        reserved = 0;
        decoder.close();
    }
}
