package dev.driftless.cli.ingest;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.Terminal;
import dev.driftless.cli.catalog.CatalogTopic;
import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import dev.driftless.client.UsageClientStartException;
import dev.driftless.gateway.catalog.CatalogView;
import dev.driftless.gateway.catalog.DoorRules;
import dev.driftless.schemas.FeatureDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes files of usage events. */
@Command(
        name = "ingest",
        description = {
            "Publishes files of usage events: newline-delimited JSON with the fields that the HTTP gateway takes, or CSV"
                    + " with a header of those names, and properties.NAME for properties.",
            "",
            "Safe to run twice, and to go on with after it was stopped: FILE.ingested.json says how far a file was"
                    + " published, and records without an idempotency key get one from the file's digest and their line."
                    + " Lines that are refused go to FILE.rejected.ndjson, with number and reason.",
            "",
            "Exit code 0 means that every line is held by the brokers."
        })
public final class IngestCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final double NANOS = 1e9;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files; .gz and .zst are decompressed; - for standard input.")
    private List<String> files;

    @Option(
            names = "--format",
            paramLabel = "ndjson|csv",
            description = "Form of the files; by their suffix unless given.")
    private Format format;

    @Option(
            names = "--map",
            paramLabel = "FIELD=COLUMN",
            description = "A CSV column that is not named for its field, for instance customerId=account or"
                    + " properties.region=zone. Repeatable.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--ignore", paramLabel = "COLUMN", split = ",", description = "CSV columns to leave out.")
    private Set<String> ignored = new LinkedHashSet<>();

    @Option(names = "--delimiter", paramLabel = "C", defaultValue = ",", description = "What is between CSV cells.")
    private char delimiter;

    @Option(
            names = "--key-prefix",
            paramLabel = "TEXT",
            description = "Start of the keys of records that have none, in place of the file's digest; their line is"
                    + " added. Needed for standard input: the same whenever the same input is sent again, and another one"
                    + " for any other input, whose records would pass for retries otherwise.")
    private String keyPrefix;

    @Option(
            names = "--no-catalog-check",
            description = "Publish also what the catalog does not admit; the application then rejects it.")
    private boolean noCatalogCheck;

    @Option(
            names = "--again",
            description = "Publish a file from its start, though it was published before. What is sent again within the"
                    + " dedup window is not counted twice.")
    private boolean again;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private PipelineOptions pipeline;

    @Spec
    private CommandSpec spec;

    /** Form of a file. */
    enum Format {
        NDJSON,
        CSV
    }

    @Override
    public Integer call() {
        if (files.contains(STANDARD_INPUT) && (files.size() > 1 || keyPrefix == null)) {
            throw new ParameterException(
                    spec.commandLine(), "- must be the only FILE, and needs --key-prefix, the same in each run of it");
        }
        final DoorRules rules = rules();
        long refused = 0;
        try (UsageClient client = client()) {
            for (final String file : files) {
                refused += file.equals(STANDARD_INPUT)
                        ? ingestStandardInput(client, rules)
                        : ingest(client, rules, new EventFile(Path.of(file)));
            }
        }
        return refused == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private UsageClient client() {
        try {
            return UsageClient.create(UsageClientConfig.builder()
                    .bootstrapServers(connection.bootstrapServers())
                    .schemaRegistryUrl(connection.schemaRegistryUrl())
                    .topic(pipeline.usageEvents())
                    .startTimeout(Duration.ofSeconds(20))
                    .build());
        } catch (final UsageClientStartException e) {
            throw new CliException(e.getMessage(), e);
        }
    }

    private DoorRules rules() {
        if (noCatalogCheck) {
            return new DoorRules(Optional.empty(), Duration.ofDays(36_500), Duration.ofDays(36_500), Clock.systemUTC());
        }
        final Map<String, FeatureDefinition> catalog = new CatalogTopic(pipeline.featureCatalog(), connection).read();
        final CatalogView view = code ->
                catalog.containsKey(code) ? new CatalogView.Known(catalog.get(code)) : CatalogView.Absence.UNKNOWN;
        return new DoorRules(Optional.of(view), pipeline.admissibleAge(), pipeline.clockSkew(), Clock.systemUTC());
    }

    private long ingest(final UsageClient client, final DoorRules rules, final EventFile file) {
        final String digest = file.digest();
        final Path state = file.beside(".ingested.json");
        final Checkpoint checkpoint =
                again ? Checkpoint.start(digest) : Checkpoint.read(state).orElse(Checkpoint.start(digest));
        if (!checkpoint.digest().equals(digest)) {
            throw new CliException(file.path() + " has changed since it was published, as " + state
                    + " says. Records that have no key would be counted twice: put what is new into a file of its own, or"
                    + " use --again where each record has an idempotencyKey.");
        }
        if (checkpoint.isComplete()) {
            say(file.path() + ": published before, as " + state + " says; nothing to do");
            return 0;
        }
        final SideFile side = new SideFile(file.beside(".rejected.ndjson"), checkpoint.settledTo() > 0);
        final String prefix = keyPrefix == null ? "file-" + digest.substring(0, 32) + ":" : keyPrefix;
        final FileIngest ingest = new FileIngest(client, rules, side, prefix, checkpoint.settledTo());
        final AtomicLong last = new AtomicLong(checkpoint.settledTo());
        run(file, ingest, settledTo -> {
            last.set(settledTo);
            new Checkpoint(digest, settledTo, false).write(state);
        });
        new Checkpoint(digest, last.get(), true).write(state);
        return side.lines();
    }

    private void run(final EventFile file, final FileIngest ingest, final LongConsumer saved) {
        final AtomicLong read = new AtomicLong();
        final long start = System.nanoTime();
        try (InputStream content = file.open(read);
                ProgressBar bar = progress(file.path().getFileName().toString(), file.length())) {
            final EventLines lines = lines(content, format == null ? file.isCsv() : format == Format.CSV);
            ingest.run(
                    () -> {
                        bar.stepTo(read.get());
                        return lines.next();
                    },
                    saved);
            bar.stepTo(file.length());
        } catch (final IOException e) {
            throw new CliException("cannot read " + file.path() + ": " + e, e);
        }
        summary(file.path().toString(), ingest, file.beside(".rejected.ndjson"), start);
    }

    private long ingestStandardInput(final UsageClient client, final DoorRules rules) {
        final SideFile side = new SideFile(Path.of("stdin.rejected.ndjson"), false);
        final FileIngest ingest = new FileIngest(client, rules, side, keyPrefix, 0);
        final long start = System.nanoTime();
        try {
            final InputStream content = EventFile.decompressed(System.in, "");
            ingest.run(lines(content, format == Format.CSV), settledTo -> {});
        } catch (final IOException e) {
            throw new CliException("cannot read standard input: " + e, e);
        }
        summary("standard input", ingest, side.path(), start);
        return side.lines();
    }

    private EventLines lines(final InputStream content, final boolean isCsv) throws IOException {
        return isCsv ? new CsvLines(content, delimiter, columns, ignored) : new NdjsonLines(content);
    }

    private void summary(final String name, final FileIngest ingest, final Path side, final long start) {
        final double seconds = (System.nanoTime() - start) / NANOS;
        final long refused = ingest.refused();
        say(String.format(
                Locale.ROOT,
                "%s: %,d published, %,d refused%s, in %.1f s (%,.0f a second)",
                name,
                ingest.published(),
                refused,
                refused == 0 ? "" : " (see " + side + ")",
                seconds,
                ingest.published() / seconds));
    }

    private void say(final String line) {
        spec.commandLine().getOut().println(line);
    }

    /** On a terminal; anywhere else the summary says enough. */
    private ProgressBar progress(final String name, final long bytes) {
        final boolean isShown = Terminal.of(spec.commandLine().getErr(), false).isInteractive();
        final ProgressBarBuilder bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(bytes)
                .setUnit(" MiB", 1 << 20)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed();
        return isShown
                ? bar.setConsumer(new ConsoleProgressBarConsumer(System.err)).build()
                : bar.setConsumer(new SilentBar()).build();
    }
}
