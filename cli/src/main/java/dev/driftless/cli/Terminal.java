package dev.driftless.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;

/**
 * Where progress is shown.
 *
 * @param out takes the text
 * @param isInteractive whether a line can be written over
 */
public record Terminal(PrintWriter out, boolean isInteractive) {
    public Terminal {
        requireNonNull(out);
    }

    /** On standard output or on standard error; the launcher tells whether they are terminals. */
    public static Terminal of(final PrintWriter out, final boolean isStandardOutput) {
        return new Terminal(
                out, Boolean.getBoolean(isStandardOutput ? "driftless.terminal.out" : "driftless.terminal.err"));
    }
}
