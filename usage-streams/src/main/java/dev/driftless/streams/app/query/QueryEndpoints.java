package dev.driftless.streams.app.query;

import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.app.ops.Request;
import dev.driftless.streams.app.ops.Response;
import dev.driftless.streams.topology.query.UsageQueries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code /v1/customers/{id}/usage} and {@code /v1/customers/{id}/events/{idempotencyKey}}.
 *
 * <p>Answered by whichever instance is asked: by the one that processes the customer's partition, to which the request is
 * passed on, or else by one that keeps a copy, and then marked as stale. Few at a time, so that probes are never kept
 * waiting.
 */
public final class QueryEndpoints implements Function<Request, Optional<Response>> {
    private static final int AT_A_TIME = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Supplier<Optional<UsageQueries>> queries;
    private final Routing routing;
    private final Semaphore free = new Semaphore(AT_A_TIME);

    /** @param queries nothing before processing has begun */
    public QueryEndpoints(final Supplier<Optional<UsageQueries>> queries, final Peers peers) {
        this.queries = queries;
        this.routing = new Routing(peers);
    }

    @Override
    public Optional<Response> apply(final Request request) {
        return Query.of(request).map(query -> limited(() -> answer(query, request)));
    }

    private Response limited(final Supplier<Response> answer) {
        try {
            if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return notNow("too many queries at once");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return notNow("it is stopping");
        }
        try {
            return answer.get();
        } finally {
            free.release();
        }
    }

    private Response answer(final Query query, final Request request) {
        final Optional<Violation> violation =
                FieldRules.customerId(query.customer()).or(query::violation);
        if (violation.isPresent()) {
            return Response.error(400, violation.get().message());
        }
        return queries.get()
                .flatMap(stores -> routing.answer(query, request, stores))
                .orElseGet(() -> notNow("the customer's state is not available now: partitions move or are restored"));
    }

    private static Response notNow(final String why) {
        return Response.notNow(Map.of("error", why), PATIENCE);
    }

    /** Paths that are answered, for people. */
    public static List<String> paths() {
        return List.of("/v1/customers/{id}/usage", "/v1/customers/{id}/events/{idempotencyKey}");
    }
}
