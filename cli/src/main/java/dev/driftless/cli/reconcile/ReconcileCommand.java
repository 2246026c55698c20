package dev.driftless.cli.reconcile;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.Terminal;
import dev.driftless.cli.file.InstantConverter;
import dev.driftless.cli.recount.ReconcileSettings;
import dev.driftless.cli.recount.Reconciler;
import dev.driftless.cli.recount.Reconciliation;
import dev.driftless.cli.recount.RecountException;
import dev.driftless.cli.topics.TopicsOptions;
import dev.driftless.streams.app.config.AppConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recounts the raw topic and holds it against what is billed. */
@Command(
        name = "reconcile",
        description = {
            "Recounts the raw usage events, by code that shares nothing with the application, and holds the result"
                    + " against billing-usage: totals, sets of events, revisions, rejections. Says what differs and"
                    + " which events explain it. The application may run meanwhile.",
            ""
        },
        exitCodeList = {
            "0:all that can be proven agrees",
            "1:something differs",
            "2:wrong usage, or it could not be done"
        })
public final class ReconcileCommand implements Callable<Integer> {
    private static final int NOT_DONE = 2;
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private CommandSpec spec;

    @Mixin
    private TopicsOptions options;

    @Option(names = "--customer", paramLabel = "ID", description = "Only this customer; reads one partition.")
    private String customer;

    @Option(names = "--feature", paramLabel = "CODE", description = "Compare only this feature.")
    private String feature;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "Compare periods that start then or later. Reads from a dedup window before that.")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "Compare periods that start before.")
    private Instant to;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the result as JSON; - for standard output.")
    private String json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the result as a page with plots.")
    private Path html;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Keep the state here: what was stopped goes on from there with the same options. Is deleted"
                    + " at the end. Without it a temporary directory is used, and a stop begins anew.")
    private Path workDirectory;

    @Override
    public Integer call() {
        try {
            final AppConfig config = options.config();
            final Path directory = directory();
            final Reconciliation result = run(config, directory.resolve("state"));
            write(result);
            delete(directory.resolve("state"));
            if (workDirectory == null) {
                Files.deleteIfExists(directory);
            }
            return result.agrees() ? ExitCodes.OK : ExitCodes.FAILED;
        } catch (final RecountException | CliException | KafkaException | IOException failure) {
            spec.commandLine().getErr().println("driftless: " + failure.getMessage());
            return NOT_DONE;
        }
    }

    private Reconciliation run(final AppConfig config, final Path state) throws IOException {
        Files.createDirectories(state);
        final ReconcileSettings settings = new ReconcileSettings(
                Recounting.settings(config),
                config.topics().usageRerouted(),
                config.instance().applicationId(),
                Recounting.emissionDelay(config),
                new ReconcileSettings.Scope(
                        Optional.ofNullable(customer),
                        Optional.ofNullable(feature),
                        Optional.ofNullable(from),
                        Optional.ofNullable(to)),
                state);
        try (Reconciler reconciler = new Reconciler(
                settings, new TimeLeft(Terminal.of(spec.commandLine().getErr(), false)))) {
            return reconciler.run();
        }
    }

    private Path directory() throws IOException {
        return workDirectory == null
                ? Files.createTempDirectory("driftless-reconcile-")
                : Files.createDirectories(workDirectory);
    }

    private void write(final Reconciliation result) throws IOException {
        if (STANDARD_OUTPUT.equals(json)) {
            spec.commandLine().getOut().println(new ReconcileJson(result).text());
        } else {
            new ReconcileText(result).lines().forEach(spec.commandLine().getOut()::println);
            if (json != null) {
                Files.writeString(Path.of(json), new ReconcileJson(result).text(), StandardCharsets.UTF_8);
            }
        }
        if (html != null) {
            Files.writeString(html, new ReconcilePage(result).html(), StandardCharsets.UTF_8);
        }
    }

    private static void delete(final Path directory) throws IOException {
        final List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        } catch (final UncheckedIOException failure) {
            throw failure.getCause();
        }
        for (final Path file : files) {
            Files.delete(file);
        }
    }
}
