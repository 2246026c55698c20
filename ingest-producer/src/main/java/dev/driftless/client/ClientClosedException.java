package dev.driftless.client;

/** The client was closed, either before the event was sent or before the brokers answered. */
public final class ClientClosedException extends UsageNotSentException {
    private static final long serialVersionUID = 1L;

    ClientClosedException(final Usage usage, final String reason, final Throwable cause) {
        super(usage, reason, cause);
    }
}
