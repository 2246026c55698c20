package dev.driftless.gateway.http;

import dev.driftless.gateway.event.EventReader;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.intake.Outcome;
import java.util.List;

/** The form in which a family of clients sends events and expects answers. */
interface Dialect {
    EventReader reader();

    /** The answer to a request with one event. */
    Reply one(Outcome outcome);

    /** The answer to a batch. */
    Reply batch(List<Outcome> outcomes);

    /** The answer to a request that was not taken as a whole. */
    Reply refused(Refusal refusal);
}
