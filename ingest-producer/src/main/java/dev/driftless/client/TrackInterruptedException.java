package dev.driftless.client;

/** The calling thread was interrupted while it waited, and still is; the event was not sent. */
public final class TrackInterruptedException extends UsageNotSentException {
    private static final long serialVersionUID = 1L;

    TrackInterruptedException(final Usage usage, final String reason) {
        super(usage, reason);
    }
}
