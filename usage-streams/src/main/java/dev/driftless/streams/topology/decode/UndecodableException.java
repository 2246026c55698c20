package dev.driftless.streams.topology.decode;

/** Bytes are not what they should be; the message says why. */
public final class UndecodableException extends Exception {
    public UndecodableException(final String message) {
        super(message);
    }

    public UndecodableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
