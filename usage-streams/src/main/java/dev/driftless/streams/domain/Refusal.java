package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.rules.Violation;

/**
 * Why an event is not counted.
 *
 * @param reason one of the contract's reasons
 * @param detail the field, the value and the rule, for people
 */
public record Refusal(RejectionReason reason, String detail) {
    public Refusal {
        requireNonNull(reason);
        requireNonNull(detail);
    }

    /** A field breaks its rule. */
    public static Refusal invalid(final Violation violation) {
        return new Refusal(RejectionReason.INVALID, violation.message());
    }
}
