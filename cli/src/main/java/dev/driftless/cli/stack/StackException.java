package dev.driftless.cli.stack;

/** Part of the stack cannot be started or kept running; the message says which, why and what helps. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackException(final String message) {
        super(message);
    }

    public StackException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
