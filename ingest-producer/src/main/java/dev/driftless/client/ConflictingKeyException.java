package dev.driftless.client;

/** An earlier event of the batch has the same customer and key and another content; this one was not sent. */
public final class ConflictingKeyException extends UsageNotSentException {
    private static final long serialVersionUID = 1L;

    ConflictingKeyException(final Usage usage, final String reason) {
        super(usage, reason);
    }
}
