package dev.driftless.cli.recount;

/** The recount cannot be made; the message says why. What does not agree is never reported by this. */
public final class RecountException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecountException(final String message) {
        super(message);
    }

    public RecountException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
