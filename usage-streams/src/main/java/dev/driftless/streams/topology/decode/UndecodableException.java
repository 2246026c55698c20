package dev.driftless.streams.topology.decode;

/** Bytes are not a usage event; the message says why. */
public final class UndecodableException extends Exception {
    UndecodableException(final String message) {
        super(message);
    }

    UndecodableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
