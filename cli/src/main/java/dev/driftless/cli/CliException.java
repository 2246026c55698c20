package dev.driftless.cli;

/** A command cannot do what it was asked to; the message is for its user, says what, why, and what helps. */
public final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CliException(final String message) {
        super(message);
    }

    public CliException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
