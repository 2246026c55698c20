package dev.driftless.client;

/** The brokers did not confirm the event; the cause says why. They may hold it nevertheless. */
public final class DeliveryFailedException extends UsageNotSentException {
    private static final long serialVersionUID = 1L;

    DeliveryFailedException(final Usage usage, final String reason, final Throwable cause) {
        super(usage, reason, cause);
    }
}
