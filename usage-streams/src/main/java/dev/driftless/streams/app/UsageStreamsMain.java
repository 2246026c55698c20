package dev.driftless.streams.app;

import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.ConfigException;
import dev.driftless.streams.app.config.SettingsReference;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs one instance of the application in the foreground until SIGTERM or SIGINT. How the process ends is in {@link
 * ExitCode}.
 *
 * <p>Settings are taken from flags, environment variables, a YAML file and defaults, in this order of precedence.
 */
public final class UsageStreamsMain {
    private static final String REFERENCE = "--settings-reference";
    private static final Duration BEYOND_SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private UsageStreamsMain() {}

    public static void main(final String[] arguments) {
        ProcessSetup.apply();
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    static CommandLine commandLine(final Map<String, String> environment) {
        final CommandSpec command = CommandSpec.create().name("usage-streams");
        command.mixinStandardHelpOptions(true);
        command.version("usage-streams " + version());
        command.usageMessage()
                .description(
                        "Deduplicates, validates and aggregates usage events, exactly once, until SIGTERM or SIGINT.",
                        "",
                        "Each setting is a flag, an environment variable (--dedup-window is DRIFTLESS_DEDUP_WINDOW) or a "
                                + "name in the YAML file (dedup-window). Flags come before environment variables, those "
                                + "before the file, and that before defaults.",
                        "")
                .customSynopsis("usage-streams [OPTION]...")
                .sortOptions(false)
                .width(100)
                .exitCodeListHeading("%nExit codes%n")
                .exitCodeList(exitCodes());
        command.addOption(OptionSpec.builder(REFERENCE)
                .description("Print all settings as a Markdown table, and exit.")
                .build());
        SettingsOptions.addTo(command);
        final CommandLine commandLine = new CommandLine(command);
        command.exitCodeOnExecutionException(ExitCode.FAILED.code());
        commandLine.setParameterExceptionHandler(UsageStreamsMain::explain);
        return commandLine.setExecutionStrategy(parsed -> execute(parsed, environment));
    }

    private static int explain(final ParameterException wrong, final String[] arguments) {
        final PrintWriter err = wrong.getCommandLine().getErr();
        err.println("usage-streams: " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("All options: usage-streams --help");
        return ExitCode.BAD_CONFIGURATION.code();
    }

    private static Map<String, String> exitCodes() {
        final Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> codes.put(Integer.toString(code.code()), code.meaning()));
        return codes;
    }

    private static String version() {
        final String version = UsageStreamsMain.class.getPackage().getImplementationVersion();
        return version == null ? "(not run from a jar)" : version;
    }

    private static int execute(final ParseResult parsed, final Map<String, String> environment) {
        final Integer helpShown = CommandLine.executeHelpRequest(parsed);
        if (helpShown != null) {
            return helpShown;
        }
        final CommandLine command = parsed.commandSpec().commandLine();
        if (parsed.hasMatchedOption(REFERENCE)) {
            command.getOut().print(SettingsReference.markdown());
            command.getOut().flush();
            return ExitCode.OK.code();
        }
        try {
            return run(AppConfig.from(SettingsOptions.sources(parsed, environment)))
                    .code();
        } catch (final ConfigException e) {
            command.getErr().println("usage-streams: " + e.getMessage());
            return ExitCode.BAD_CONFIGURATION.code();
        }
    }

    private static ExitCode run(final AppConfig config) {
        final UsageStreamsApp app = new UsageStreamsApp(config);
        final Duration patience = config.lifeCycle().shutdownTimeout().plus(BEYOND_SHUTDOWN_TIMEOUT);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndHalt(app, patience), "shutdown"));
        return app.run();
    }

    /**
     * Ends the process with the application's own exit code. Without this a virtual machine that is told to stop by a
     * signal ends with 143, however well it stopped.
     */
    private static void stopAndHalt(final UsageStreamsApp app, final Duration patience) {
        app.stop();
        try {
            Runtime.getRuntime().halt(app.awaitEnd(patience).code());
        } catch (final InterruptedException e) {
            Runtime.getRuntime().halt(ExitCode.FAILED.code());
        }
    }
}
