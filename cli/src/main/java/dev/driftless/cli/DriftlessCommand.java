package dev.driftless.cli;

import dev.driftless.cli.catalog.CatalogCommand;
import dev.driftless.cli.demo.DemoCommand;
import dev.driftless.cli.ingest.IngestCommand;
import dev.driftless.cli.reconcile.EventCommand;
import dev.driftless.cli.reconcile.EventsCommand;
import dev.driftless.cli.reconcile.ReconcileCommand;
import dev.driftless.cli.recount.RecountException;
import dev.driftless.cli.stack.StackException;
import dev.driftless.cli.subscriptions.SubscriptionsCommand;
import dev.driftless.cli.topics.TopicsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Root of the command tree: what holds for all commands. */
@Command(
        name = "driftless",
        description = "Usage-event ingestion for usage-based billing, without billing drift.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            TopicsCommand.class,
            CatalogCommand.class,
            IngestCommand.class,
            ReconcileCommand.class,
            EventCommand.class,
            EventsCommand.class,
            SubscriptionsCommand.class
        })
final class DriftlessCommand implements Runnable {
    /** Read by the logging configuration; libraries are silent without it. */
    private static final String LOG_LEVEL = "driftless.log.level";

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show what libraries log, and the stack trace of a failure.",
            showDefaultValue = CommandLine.Help.Visibility.NEVER)
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    /** Runs the last command given, with logging as asked for; nothing may log before. */
    int execute(final ParseResult parsed) {
        if (verbose) {
            System.setProperty(LOG_LEVEL, "warn");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Says in plain words what failed. */
    int report(final Exception failure, final CommandLine command, final ParseResult parsed) {
        command.getErr().println("driftless: " + explained(failure));
        if (verbose) {
            failure.printStackTrace(command.getErr());
        }
        return ExitCodes.FAILED;
    }

    private static String explained(final Exception failure) {
        if (failure instanceof CliException
                || failure instanceof StackException
                || failure instanceof RecountException) {
            return failure.getMessage();
        }
        return "unexpected failure: " + failure + " (--verbose shows more)";
    }
}
