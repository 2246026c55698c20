package dev.driftless.gateway;

/** Brokers, registry or topics are not there in time. */
final class NotAvailableException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotAvailableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
