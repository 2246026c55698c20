package dev.driftless.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.FieldError;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.intake.Outcome;
import java.util.List;

/** Problem details as of RFC 9457, and the results of a batch's events. */
final class Problems {
    private static final String TYPE = "urn:driftless:problem:";
    static final String RETRY = "send the same request again: whatever is held already is not counted twice, if each"
            + " event carries its idempotencyKey";

    private Problems() {}

    static ObjectNode problem(final Refusal refusal) {
        final ObjectNode problem = Json.object()
                .put("type", TYPE + refusal.code().text())
                .put("title", refusal.code().title())
                .put("status", refusal.code().status())
                .put("detail", refusal.message())
                .put("code", refusal.code().text());
        if (!refusal.errors().isEmpty()) {
            addErrors(problem, refusal.errors());
        }
        return problem;
    }

    static Reply reply(final Refusal refusal) {
        return Reply.error(refusal.code(), Reply.PROBLEM, problem(refusal));
    }

    static ObjectNode unconfirmed(final Outcome.Unconfirmed outcome) {
        return problem(unavailable(outcome.reason()))
                .put("idempotencyKey", outcome.usage().idempotencyKey());
    }

    static Refusal unavailable(final String reason) {
        return Refusal.of(ErrorCode.UNAVAILABLE, reason + "; " + RETRY);
    }

    static void addErrors(final ObjectNode to, final List<FieldError> errors) {
        final ArrayNode list = to.putArray("errors");
        errors.forEach(error -> list.addObject()
                .put("field", error.field())
                .put("value", error.value())
                .put("rule", error.rule())
                .put("advice", error.advice()));
    }

    /** What became of one event of a batch. */
    static ObjectNode result(final Outcome outcome) {
        if (outcome instanceof Outcome.Held held) {
            return Json.object()
                    .put("status", "accepted")
                    .put("idempotencyKey", held.receipt().idempotencyKey());
        }
        if (outcome instanceof Outcome.Unconfirmed unconfirmed) {
            return Json.object()
                    .put("status", "unconfirmed")
                    .put("idempotencyKey", unconfirmed.usage().idempotencyKey())
                    .put("message", unconfirmed.reason());
        }
        return refused(((Outcome.Refused) outcome).refusal());
    }

    private static ObjectNode refused(final Refusal refusal) {
        final ObjectNode result = Json.object()
                .put("status", "refused")
                .put("code", refusal.code().text())
                .put("message", refusal.message());
        addErrors(result, refusal.errors());
        return result;
    }

    /** All results of a batch with their indices, and how many there are of each kind. */
    static void addResults(final ObjectNode to, final List<Outcome> outcomes) {
        to.put("accepted", count(outcomes, Outcome.Held.class));
        to.put("refused", count(outcomes, Outcome.Refused.class));
        to.put("unconfirmed", count(outcomes, Outcome.Unconfirmed.class));
        final ArrayNode results = to.putArray("results");
        for (int index = 0; index < outcomes.size(); index++) {
            results.add(Json.object().put("index", index).setAll(result(outcomes.get(index))));
        }
    }

    static long count(final List<Outcome> outcomes, final Class<? extends Outcome> kind) {
        return outcomes.stream().filter(kind::isInstance).count();
    }
}
