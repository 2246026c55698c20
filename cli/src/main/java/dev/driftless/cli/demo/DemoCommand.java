package dev.driftless.cli.demo;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.Terminal;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.stack.Tuning;
import dev.driftless.cli.topics.Provisioning;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The whole pipeline on sample traffic, and the proof that it lost and doubled nothing. */
@Command(
        name = "demo",
        description = {
            "Runs the whole pipeline on this machine, publishes sample traffic with everything in it that can go wrong,"
                    + " prints the aggregates and the account of all records, and verifies both by recounting the raw"
                    + " topic with code of its own.",
            "",
            "Exit code 0 means that every group of results agrees with the recount."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final long MOST_OF_A_SHORT_RUN = 200_000;

    @Mixin
    private DemoOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        options.check(spec.commandLine());
        final PrintWriter out = spec.commandLine().getOut();
        final Terminal terminal =
                options.json() ? Terminal.of(spec.commandLine().getErr(), false) : Terminal.of(out, true);
        final DemoResult result = run(terminal);
        new DemoReport(result).lines().forEach(terminal.out()::println);
        result.kept().ifPresent(directory -> terminal.out().println("\nData and logs are kept in " + directory));
        if (options.json()) {
            out.println(DemoSummary.of(result, options.seed()).toJson());
        }
        return result.isBalanced() && result.isVerified() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private DemoResult run(final Terminal terminal) {
        final Path directory = newDirectory();
        terminal.out().println("Starting the stack; its logs are in " + directory.resolve("logs"));
        final EmbeddedStack.Builder builder = EmbeddedStack.builder()
                .dataDirectory(directory)
                .tuning(options.events() > MOST_OF_A_SHORT_RUN ? Tuning.LONG_RUN : Tuning.SHORT_RUN)
                .progress(part -> terminal.out().println("  " + part));
        try (EmbeddedStack stack =
                options.keep() ? builder.start() : builder.temporary().start()) {
            return run(terminal, stack);
        }
    }

    private DemoResult run(final Terminal terminal, final EmbeddedStack stack) {
        final ConnectionOptions connection = new ConnectionOptions(
                stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
        final int partitions = Provisioning.withDefaults(connection).applyOrFail();
        final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        final BetaFeature beta = BetaFeature.before(start);
        final int features = DemoCatalog.apply(connection, beta);
        final int subscriptions = DemoSubscriptions.apply(connection, start);
        final Application application = stack.startApplication(ApplicationSpec.named("usage-streams"));
        terminal.out()
                .println("  application on " + application.ops() + ", " + features + " features in the catalog, "
                        + subscriptions + " subscriptions");
        final DemoTraffic traffic = new DemoTraffic(
                options.seed(),
                options.customers(),
                partitions,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                EventBytes.of(connection),
                beta);
        return new DemoRun(options, terminal, stack, connection, new ApplicationWatch(stack, List.of(application)))
                .run(traffic);
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("driftless-demo-");
        } catch (final IOException failure) {
            throw new CliException("cannot create a temporary directory: " + failure.getMessage(), failure);
        }
    }
}
