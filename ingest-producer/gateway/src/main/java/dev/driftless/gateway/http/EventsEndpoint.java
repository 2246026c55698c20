package dev.driftless.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.MalformedJsonException;
import dev.driftless.gateway.event.Reading;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.intake.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Takes a whole body of events and answers once it is known what became of all of them. */
final class EventsEndpoint implements Endpoint {
    /** Larger bodies are read by other threads, so that they don't hold up the small ones. */
    private static final int SMALL = 16_384;

    private static final String KEY_HEADER = "Idempotency-Key";
    private static final Refusal TOO_FAST = Refusal.of(
            ErrorCode.RATE_LIMITED,
            "this API key sends more events than it may; nothing of this request was taken: send it again after the"
                    + " time in Retry-After");

    private final Services services;
    private final Dialect dialect;
    private final BiFunction<JsonNode, Optional<String>, Batch> form;

    /**
     * An endpoint.
     *
     * @param form finds the events in a body; is given the idempotency key of the request's header, too
     */
    EventsEndpoint(
            final Services services, final Dialect dialect, final BiFunction<JsonNode, Optional<String>, Batch> form) {
        this.services = services;
        this.dialect = dialect;
        this.form = form;
    }

    @Override
    public void handle(final HttpServerRequest request, final Caller caller, final RequestEnd end) {
        final Context context = services.vertx().getOrCreateContext();
        final Optional<String> key = Optional.ofNullable(request.getHeader(KEY_HEADER));
        BodyReader.read(request, end, services)
                .compose(body -> answer(() -> take(body, key, caller, context), body.length()))
                .onSuccess(reply -> Replies.send(request, reply))
                .onFailure(failure -> failed(request, failure));
    }

    private void failed(final HttpServerRequest request, final Throwable failure) {
        // The sender has gone; there is nobody to answer.
        if (!(failure instanceof HttpClosedException)) {
            Replies.fail(request, dialect, failure);
        }
    }

    private Future<Reply> answer(final Supplier<Future<Reply>> take, final int size) {
        return size <= SMALL
                ? take.get()
                : services.vertx().executeBlocking(take::get, false).compose(reply -> reply);
    }

    private Future<Reply> take(
            final Buffer body, final Optional<String> key, final Caller caller, final Context context) {
        final Batch batch = form.apply(parse(body), key).map(caller::restrict);
        final int events = batch.readings().size();
        final Optional<Duration> wait = caller.take(events);
        if (wait.isPresent()) {
            services.metrics().countTurnedAway(events);
            return Future.failedFuture(new RefusedException(TOO_FAST, wait.get()));
        }
        return services.intake()
                .take(batch.readings())
                .map(outcomes -> Future.fromCompletionStage(outcomes, context)
                        .onSuccess(services.metrics()::count)
                        .map(all -> reply(batch, all)))
                .orElseGet(() -> {
                    caller.giveBack(events);
                    return Future.failedFuture(noPlace(batch));
                });
    }

    private RefusedException noPlace(final Batch batch) {
        services.metrics().countTurnedAway(batch.readings().size());
        return new RefusedException(Refusal.of(
                ErrorCode.RATE_LIMITED,
                "as many events are on their way to the brokers as may be; nothing of this request was taken: send it"
                        + " again after the time in Retry-After"));
    }

    private Reply reply(final Batch batch, final List<Outcome> outcomes) {
        return batch.isSingle() ? dialect.one(outcomes.get(0)) : dialect.batch(outcomes);
    }

    private static JsonNode parse(final Buffer body) {
        try {
            return Json.read(body.getBytes());
        } catch (final MalformedJsonException e) {
            throw new RefusedException(
                    Refusal.of(ErrorCode.VALIDATION_ERROR, "the body is not JSON: " + e.getMessage()));
        }
    }

    /**
     * The events of a request.
     *
     * @param isSingle whether it is answered as one event
     */
    record Batch(List<Reading> readings, boolean isSingle) {
        Batch {
            readings = List.copyOf(readings);
        }

        Batch map(final UnaryOperator<Reading> change) {
            return new Batch(readings.stream().map(change).toList(), isSingle);
        }
    }
}
