package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftless.client.Usage;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.EventReader;
import dev.driftless.gateway.event.FieldError;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.event.UsageReader;
import dev.driftless.gateway.intake.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The form of a hosted meter, whose own clients can be pointed here: {@code success}, {@code data}, {@code error}. */
final class HostedDialect implements Dialect {
    private final EventReader reader = new UsageReader();
    private final Clock clock;

    HostedDialect(final Clock clock) {
        this.clock = clock;
    }

    @Override
    public EventReader reader() {
        return reader;
    }

    @Override
    public Reply one(final Outcome outcome) {
        if (outcome instanceof Outcome.Held held) {
            return success(data(held.usage()));
        }
        if (outcome instanceof Outcome.Unconfirmed unconfirmed) {
            return refused(Problems.unavailable(unconfirmed.reason()));
        }
        return refused(((Outcome.Refused) outcome).refusal());
    }

    @Override
    public Reply batch(final List<Outcome> outcomes) {
        final long unconfirmed = Problems.count(outcomes, Outcome.Unconfirmed.class);
        if (unconfirmed > 0) {
            return refused(Problems.unavailable(unconfirmed + " events are not known to be held"));
        }
        final ObjectNode data = Json.object();
        final ArrayNode successful = data.putArray("successful");
        final ArrayNode failed = data.putArray("failed");
        for (int index = 0; index < outcomes.size(); index++) {
            if (outcomes.get(index) instanceof Outcome.Held held) {
                successful.add(data(held.usage()));
            } else if (outcomes.get(index) instanceof Outcome.Refused refused) {
                failed.addObject()
                        .put("index", index)
                        .put("error", refused.refusal().message())
                        .set("data", refused.original());
            }
        }
        return success(data);
    }

    @Override
    public Reply refused(final Refusal refusal) {
        final String code = refusal.code().status() == ErrorCode.VALIDATION_ERROR.status()
                ? ErrorCode.VALIDATION_ERROR.text()
                : refusal.code().text();
        final ObjectNode body =
                Json.object().put("success", false).put("code", code).put("message", refusal.message());
        body.set("details", details(refusal.errors()));
        final ObjectNode error = body.putObject("error")
                .put("type", type(refusal.code()))
                .put("code", code)
                .put("message", refusal.message());
        refusal.errors().stream().findFirst().ifPresent(first -> error.put("param", first.field()));
        error.set("details", details(refusal.errors()));
        return Reply.error(refusal.code(), Reply.JSON, body);
    }

    private static ArrayNode details(final List<FieldError> errors) {
        final ArrayNode details = Json.object().putArray("details");
        errors.forEach(error -> details.addObject()
                .put("field", error.field())
                .put("message", error.message() + ": " + error.advice()));
        return details;
    }

    private static String type(final ErrorCode code) {
        return switch (code) {
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case RATE_LIMITED -> "rate_limit_error";
            case UNAVAILABLE, INTERNAL_ERROR -> "api_error";
            default -> "invalid_request_error";
        };
    }

    private static Reply success(final ObjectNode data) {
        return Reply.json(200, Reply.JSON, Json.object().put("success", true).set("data", data));
    }

    private ObjectNode data(final Usage usage) {
        return Json.object()
                .put("id", id(usage))
                .put("customerId", usage.customer())
                .put("feature", usage.feature())
                .put("idempotencyKey", usage.idempotencyKey())
                .put("ts", usage.occurredAt().toString())
                .put("createdAt", clock.instant().toString());
    }

    /** The same for a retry, whenever it comes. */
    private static String id(final Usage usage) {
        return UUID.nameUUIDFromBytes((usage.customer() + '\0' + usage.idempotencyKey()).getBytes(UTF_8))
                .toString();
    }
}
