package dev.driftless.streams.domain;

import dev.driftless.schemas.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether an event's occurred-at is near enough to the time of its arrival. */
public final class AdmissionRules {
    private final AdmissionWindow window;

    public AdmissionRules(final AdmissionWindow window) {
        this.window = window;
    }

    /**
     * Refuses an event from too far back or ahead. Both bounds belong to what is admitted.
     *
     * @param now the partition's time
     */
    public Optional<Refusal> judge(final Event event, final Instant now) {
        final Duration age = Duration.between(event.occurredAt(), now);
        if (age.compareTo(window.admissibleAge()) > 0) {
            return refuse(
                    RejectionReason.TOO_OLD,
                    event,
                    now,
                    "be at most " + window.admissibleAge() + " before the event's arrival");
        }
        if (age.negated().compareTo(window.clockSkew()) > 0) {
            return refuse(
                    RejectionReason.IN_FUTURE,
                    event,
                    now,
                    "be at most " + window.clockSkew() + " after the event's arrival");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(
            final RejectionReason reason, final Event event, final Instant now, final String rule) {
        return Optional.of(
                new Refusal(reason, "occurredAt '" + event.occurredAt() + "' must " + rule + " at '" + now + "'"));
    }
}
