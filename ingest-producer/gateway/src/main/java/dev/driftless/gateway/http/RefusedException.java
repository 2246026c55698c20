package dev.driftless.gateway.http;

import dev.driftless.gateway.event.Refusal;

/** A request is not taken; ends its reading. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(final Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
