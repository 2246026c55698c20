package dev.driftless.client;

import java.util.List;

/** A client was closed while events were on their way that the brokers had not confirmed by the deadline. */
public final class UndeliveredUsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Usage> undelivered;

    UndeliveredUsageException(final List<Usage> undelivered) {
        super(undelivered.size() + " usage events were not confirmed before the client was closed, the first with"
                + " idempotency key '" + undelivered.get(0).idempotencyKey()
                + "'; store undelivered() and send it again: what the brokers hold after all is not counted twice");
        this.undelivered = List.copyOf(undelivered);
    }

    /** The events with their keys, in the order in which they were sent. */
    public List<Usage> undelivered() {
        return undelivered;
    }
}
