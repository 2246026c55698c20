package dev.driftless.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.EventReader;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.event.UsageReader;
import dev.driftless.gateway.intake.Outcome;
import java.util.List;

/** Driftless' own form: receipts, and problem details as of RFC 9457. */
final class NativeDialect implements Dialect {
    private final EventReader reader = new UsageReader();

    @Override
    public EventReader reader() {
        return reader;
    }

    @Override
    public Reply one(final Outcome outcome) {
        if (outcome instanceof Outcome.Held held) {
            return Reply.json(200, Reply.JSON, receipt(held.usage(), held.receipt()));
        }
        if (outcome instanceof Outcome.Unconfirmed unconfirmed) {
            return Reply.error(ErrorCode.UNAVAILABLE, Reply.PROBLEM, Problems.unconfirmed(unconfirmed));
        }
        return refused(((Outcome.Refused) outcome).refusal());
    }

    private static ObjectNode receipt(final Usage usage, final Receipt receipt) {
        final ObjectNode body = Json.object()
                .put("status", "accepted")
                .put("customerId", usage.customer())
                .put("feature", usage.feature())
                .put("value", usage.value().toPlainString())
                .put("idempotencyKey", receipt.idempotencyKey())
                .put("timestamp", usage.occurredAt().toString())
                .put("partition", receipt.partition());
        receipt.offset().ifPresent(offset -> body.put("offset", offset));
        return body;
    }

    /** A batch is acknowledged as a whole or not at all: one event that is not known to be held makes it a failure. */
    @Override
    public Reply batch(final List<Outcome> outcomes) {
        final long unconfirmed = Problems.count(outcomes, Outcome.Unconfirmed.class);
        final ObjectNode body = unconfirmed == 0
                ? Json.object()
                : Problems.problem(Problems.unavailable(
                        unconfirmed + " of " + outcomes.size() + " events are not known to be held"));
        Problems.addResults(body, outcomes);
        return unconfirmed == 0
                ? Reply.json(200, Reply.JSON, body)
                : Reply.error(ErrorCode.UNAVAILABLE, Reply.PROBLEM, body);
    }

    @Override
    public Reply refused(final Refusal refusal) {
        return Problems.reply(refusal);
    }
}
