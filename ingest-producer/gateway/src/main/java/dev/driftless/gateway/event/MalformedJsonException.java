package dev.driftless.gateway.event;

/** A body that is no JSON; the message says what is wrong and where. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
