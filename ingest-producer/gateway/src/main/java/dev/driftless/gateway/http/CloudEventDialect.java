package dev.driftless.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftless.gateway.event.CloudEventReader;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.EventReader;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.intake.Outcome;
import java.util.List;

/**
 * CloudEvents, as open-source meters take them: no body where all is well. A batch with an event that was refused is
 * answered with 400 and the result of each; the others of it are held all the same, and to send it again is safe, since
 * each has its id.
 */
final class CloudEventDialect implements Dialect {
    private static final int NO_CONTENT = 204;

    private final EventReader reader = new CloudEventReader();
    private final Dialect plain = new NativeDialect();

    @Override
    public EventReader reader() {
        return reader;
    }

    @Override
    public Reply one(final Outcome outcome) {
        return outcome instanceof Outcome.Held ? Reply.empty(NO_CONTENT) : plain.one(outcome);
    }

    @Override
    public Reply batch(final List<Outcome> outcomes) {
        final long refused = Problems.count(outcomes, Outcome.Refused.class);
        if (refused == 0 && Problems.count(outcomes, Outcome.Unconfirmed.class) == 0) {
            return Reply.empty(NO_CONTENT);
        }
        if (Problems.count(outcomes, Outcome.Unconfirmed.class) > 0) {
            return plain.batch(outcomes);
        }
        final ObjectNode body = Problems.problem(Refusal.of(
                ErrorCode.VALIDATION_ERROR,
                refused + " of " + outcomes.size() + " events are refused, the others are held; see results"));
        Problems.addResults(body, outcomes);
        return Reply.error(ErrorCode.VALIDATION_ERROR, Reply.PROBLEM, body);
    }

    @Override
    public Reply refused(final Refusal refusal) {
        return Problems.reply(refusal);
    }
}
