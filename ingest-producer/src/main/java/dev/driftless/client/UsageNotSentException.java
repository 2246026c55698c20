package dev.driftless.client;

import static java.util.Objects.requireNonNull;

/**
 * An event is not known to be held by the brokers. Each cause is a type of its own. The event may be sent again at any
 * time as it is, whatever the cause: should the brokers hold it after all, the second copy is a duplicate and not billed.
 */
public abstract sealed class UsageNotSentException extends RuntimeException
        permits BufferFullException,
                ClientClosedException,
                ConflictingKeyException,
                DeliveryFailedException,
                TrackInterruptedException,
                UsageTooLargeException {
    private static final long serialVersionUID = 1L;

    private final Usage usage;

    UsageNotSentException(final Usage usage, final String reason, final Throwable cause) {
        super("Usage with idempotency key '" + usage.idempotencyKey() + "' is not known to be held: " + reason, cause);
        this.usage = requireNonNull(usage);
    }

    UsageNotSentException(final Usage usage, final String reason) {
        this(usage, reason, null);
    }

    /** The event, to be sent again or to be stored. */
    public Usage usage() {
        return usage;
    }
}
