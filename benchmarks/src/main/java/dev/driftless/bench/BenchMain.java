package dev.driftless.bench;

import dev.driftless.cli.ExitCodes;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** {@code driftless bench}. Exit codes: 0 measured, 1 failed, 2 wrong usage. */
public final class BenchMain {
    private BenchMain() {}

    public static void main(final String[] arguments) {
        System.exit(commandLine()
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand())
                .setCommandName("driftless bench")
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("driftless: " + failure.getMessage());
                    return ExitCodes.FAILED;
                });
    }
}
