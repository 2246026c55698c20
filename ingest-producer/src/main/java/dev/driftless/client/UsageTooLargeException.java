package dev.driftless.client;

/** The event is larger than the producer's {@code max.request.size} or the topic's {@code max.message.bytes}. */
public final class UsageTooLargeException extends UsageNotSentException {
    private static final long serialVersionUID = 1L;

    UsageTooLargeException(final Usage usage, final String reason, final Throwable cause) {
        super(usage, reason, cause);
    }
}
