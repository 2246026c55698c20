package dev.driftless.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line {@code driftless}. Exit codes: 0 done, 1 failed, 2 wrong usage. */
public final class DriftlessMain {
    private DriftlessMain() {}

    public static void main(final String[] arguments) {
        System.exit(commandLine()
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments));
    }

    /** The command tree, for tests with output streams of their own. */
    static CommandLine commandLine() {
        final DriftlessCommand root = new DriftlessCommand();
        return new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(root::execute)
                .setExecutionExceptionHandler(root::report);
    }
}
