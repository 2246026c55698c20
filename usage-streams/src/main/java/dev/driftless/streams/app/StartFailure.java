package dev.driftless.streams.app;

import static java.util.Objects.requireNonNull;

/** The application cannot start. The message says why, for people. */
final class StartFailure extends RuntimeException {
    private final ExitCode exitCode;

    StartFailure(final ExitCode exitCode, final String message) {
        super(message);
        this.exitCode = requireNonNull(exitCode);
    }

    StartFailure(final ExitCode exitCode, final String message, final Throwable cause) {
        super(message, cause);
        this.exitCode = requireNonNull(exitCode);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
