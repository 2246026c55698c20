package dev.driftless.bench;

import dev.driftless.bench.run.Benchmark;
import dev.driftless.bench.run.Case;
import dev.driftless.bench.run.Measurement;
import dev.driftless.bench.run.Summary;
import dev.driftless.bench.traffic.Workload;
import dev.driftless.cli.CliException;
import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.stack.EmbeddedStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the application. */
@Command(
        name = "bench",
        description = {
            "Measures the application on a broker of its own, beside a pass-through of bytes, which bounds it (case a), and"
                    + " the way of tutorials (case t). Each case runs in a process of its own over the same events,"
                    + " published beforehand; rounds of all cases alternate; the table shows medians.",
            "",
            "Each run of Driftless ends with an independent recount; the exit code is 1 if one does not agree."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        showDefaultValues = true)
final class BenchCommand implements Callable<Integer> {
    private static final long QUICK_EVENTS = 500_000;
    private static final long EVENTS = 2_000_000;

    @Option(names = "--quick", description = "A look in under three minutes: one round of fewer events.")
    private boolean quick;

    @Option(names = "--events", paramLabel = "N", description = "Events; 2000000 unless given, 500000 with --quick.")
    private Long events;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds; 3 unless given, 1 with --quick.")
    private Integer rounds;

    @Option(names = "--customers", paramLabel = "N", defaultValue = "2000", description = "Customers of the events.")
    private int customers;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "0",
            description = "Keys that are marked before each run of Driftless begins, for instance 20000000.")
    private long keys;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Equal seeds give equal events.")
    private long seed;

    @Option(
            names = "--cases",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "a,b,t",
            description = "Cases, separated by commas; 'all' for all. See --list.")
    private List<String> cases;

    @Option(names = "--list", description = "List the cases and end.")
    private boolean list;

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "Option of the measured JVMs, for instance -XX:StartFlightRecording=filename=/tmp/b.jfr."
                    + " Repeatable.",
            defaultValue = Option.NULL_VALUE)
    private List<String> jvmOptions;

    @Option(names = "--json", description = "Write the results as JSON to standard output, all else to standard error.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Case.all().forEach(known -> out.println(known.name() + "  " + known.title()));
            return ExitCodes.OK;
        }
        final List<Case> chosen = chosen();
        final Workload workload = workload();
        final PrintWriter told = json ? spec.commandLine().getErr() : out;
        final Benchmark.Plan plan = new Benchmark.Plan(
                chosen, rounds == null ? (quick ? 1 : 3) : rounds, keys, jvmOptions == null ? List.of() : jvmOptions);
        final List<List<Measurement>> measured = measured(workload, plan, told);
        final List<Summary> summaries =
                chosen.stream().map(each -> Summary.of(each, measured)).toList();
        told.println();
        BenchReport.lines(summaries).forEach(told::println);
        if (json) {
            out.println(BenchReport.json(workload, keys, summaries));
        }
        return ExitCodes.OK;
    }

    private List<List<Measurement>> measured(
            final Workload workload, final Benchmark.Plan plan, final PrintWriter told) {
        final EmbeddedStack.Builder builder = EmbeddedStack.builder()
                .dataDirectory(newDirectory())
                .temporary()
                .progress(told::println);
        try (EmbeddedStack stack = builder.start()) {
            return new Benchmark(stack, workload, plan, told::println).run();
        }
    }

    private Workload workload() {
        final long wanted = events == null ? (quick ? QUICK_EVENTS : EVENTS) : events;
        require(wanted >= 1, "--events", wanted, "be at least 1");
        require(rounds == null || rounds >= 1, "--rounds", rounds, "be at least 1");
        require(customers >= 1, "--customers", customers, "be at least 1");
        require(keys >= 0, "--keys", keys, "not be negative");
        return new Workload(seed, wanted, customers, Instant.now());
    }

    private void require(final boolean isAllowed, final String option, final Object value, final String rule) {
        if (!isAllowed) {
            throw new ParameterException(spec.commandLine(), option + " '" + value + "' must " + rule);
        }
    }

    private List<Case> chosen() {
        return cases.equals(List.of("all"))
                ? Case.all()
                : cases.stream().map(this::chosen).distinct().toList();
    }

    private Case chosen(final String name) {
        return Case.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--cases '" + name + "' must be of "
                                + Case.all().stream().map(Case::name).collect(Collectors.joining(", "))));
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("driftless-bench-");
        } catch (final IOException failure) {
            throw new CliException("cannot create a temporary directory: " + failure.getMessage(), failure);
        }
    }
}
