package dev.driftless.client;

/** As many events were on their way as may be, for as long as {@link WhenFull} says; this one was not sent. */
public final class BufferFullException extends UsageNotSentException {
    private static final long serialVersionUID = 1L;

    BufferFullException(final Usage usage, final String reason) {
        super(usage, reason);
    }
}
