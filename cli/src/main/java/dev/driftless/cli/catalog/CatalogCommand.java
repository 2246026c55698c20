package dev.driftless.cli.catalog;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.ExitCodes;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The metered features. */
@Command(name = "catalog", description = "The metered features: apply a file of them, or list what is published.")
public final class CatalogCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: apply or list");
    }

    @Command(
            name = "apply",
            description = {
                "Publishes the features of a YAML file: what is new or changed, all of it or nothing. Safe to repeat.",
                "",
                "features:",
                "  - code: api_calls            # ^[a-z][a-z0-9_]{0,99}$",
                "    aggregation: COUNT         # SUM or COUNT",
                "    unit: call",
                "    description: Calls of the public API",
                "    effective:                 # half-open, at least one",
                "      - from: 2026-01-01T00:00:00Z",
                "        until: 2027-01-01T00:00:00Z",
                "    minimum: 0                 # optional, as maximum",
                "    wholeNumbers: true         # optional",
                "    latePolicy: AMEND          # optional: AMEND, NEXT or REJECT",
                ""
            })
    int apply(
            @Parameters(paramLabel = "FILE.yaml", description = "The features.") final Path file,
            @Option(
                            names = "--allow-vague",
                            description = "Register codes that say nothing, such as metric or event_x.")
                    final boolean allowVague,
            @Mixin final ConnectionOptions connection) {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final CatalogFile read = CatalogFile.read(file);
        refuse(file, read.problems());
        final CatalogPlan plan = new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection)
                .apply(catalog -> CatalogPlan.of(read.features(), catalog, allowVague));
        plan.warnings().forEach(warning -> err.println("driftless: warning: " + warning));
        refuse(file, plan.problems());
        plan.changes().forEach(change -> out.println(shown(change)));
        return ExitCodes.OK;
    }

    @Command(name = "list", description = "Lists the features that are published.")
    int list(@Mixin final ConnectionOptions connection) {
        final PrintWriter out = spec.commandLine().getOut();
        final List<FeatureDefinition> features =
                List.copyOf(new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection)
                        .read()
                        .values());
        if (features.isEmpty()) {
            out.println("The catalog is empty; driftless catalog apply FILE.yaml fills it.");
        } else {
            CatalogTable.of(features).lines().forEach(out::println);
        }
        return ExitCodes.OK;
    }

    private static void refuse(final Path file, final List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new CliException(file + " is not applied, nothing was written:"
                    + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
        }
    }

    private static String shown(final CatalogPlan.Change change) {
        return String.format(
                Locale.ROOT,
                "%-9s %s (revision %d)",
                change.effect().name().toLowerCase(Locale.ROOT),
                change.definition().getCode(),
                change.definition().getRevision());
    }
}
