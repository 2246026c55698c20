package dev.driftless.streams.app.query;

import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.app.ops.Request;
import dev.driftless.streams.app.ops.Response;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.topology.query.UsageQueries;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One question about one customer. */
sealed interface Query {
    /** Most lines of an answer. */
    int MOST = 1_000;

    /** The customer id. */
    String customer();

    /** What is wrong with the question. */
    Optional<Violation> violation();

    /** The answer out of this instance's stores; nothing if it cannot give it. */
    Optional<Response> answer(UsageQueries stores, boolean fromCopy);

    /** The question of a request; nothing if its path is another one. */
    static Optional<Query> of(final Request request) {
        final List<String> path = request.path();
        if (path.size() < 4 || !path.get(0).equals("v1") || !path.get(1).equals("customers")) {
            return Optional.empty();
        }
        if (path.size() == 4 && path.get(3).equals("usage")) {
            return Optional.of(new Usage(
                    path.get(2),
                    Optional.ofNullable(request.parameters().get("feature")),
                    Optional.ofNullable(request.parameters().get("period"))));
        }
        return path.size() == 5 && path.get(3).equals("events")
                ? Optional.of(new Fate(path.get(2), path.get(4)))
                : Optional.empty();
    }

    /**
     * What a customer has used.
     *
     * @param feature only this one
     * @param period only the period that holds this instant, in ISO 8601, or {@code current}
     */
    record Usage(String customer, Optional<String> feature, Optional<String> period) implements Query {
        private static final String CURRENT = "current";

        @Override
        public Optional<Violation> violation() {
            return feature.flatMap(FieldRules::feature).or(() -> period.filter(
                            text -> !text.equals(CURRENT) && instant(text).isEmpty())
                    .map(text -> Violation.of("period", text, "be 'current' or an instant in ISO 8601")));
        }

        @Override
        public Optional<Response> answer(final UsageQueries stores, final boolean fromCopy) {
            return stores.usage(customer, this::isWanted, MOST + 1, fromCopy)
                    .map(found -> Response.json(200, UsageReport.of(customer, found, MOST)));
        }

        private boolean isWanted(final Aggregate aggregate, final Instant now) {
            return feature.map(aggregate.key().feature()::equals).orElse(true)
                    && period.map(text ->
                                    text.equals(CURRENT) ? now : instant(text).orElseThrow())
                            .map(instant -> !instant.isBefore(aggregate.key().periodStart())
                                    && instant.isBefore(aggregate.periodEnd()))
                            .orElse(true);
        }

        private static Optional<Instant> instant(final String text) {
            try {
                return Optional.of(Instant.parse(text));
            } catch (final DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    /** What became of an event. */
    record Fate(String customer, String idempotencyKey) implements Query {
        @Override
        public Optional<Violation> violation() {
            return FieldRules.idempotencyKey(idempotencyKey);
        }

        @Override
        public Optional<Response> answer(final UsageQueries stores, final boolean fromCopy) {
            return stores.event(customer, idempotencyKey, fromCopy)
                    .map(found -> Response.json(
                            found.value().isPresent() ? 200 : 404, EventReport.of(customer, idempotencyKey, found)));
        }
    }
}
