package dev.driftless.cli.catalog;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.file.InstantConverter;
import dev.driftless.cli.table.PlanReport;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The metered features. */
@Command(
        name = "catalog",
        description = "The metered features: apply a file of them, list what is published, archive and reopen one.")
public final class CatalogCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: apply, list, archive or reopen");
    }

    @Command(
            name = "apply",
            description = {
                "Publishes the features of a YAML file: what is new or changed, all of it or nothing. Features that"
                        + " the file does not name stay as they are. Safe to repeat.",
                "",
                "features:",
                "  - code: tokens_generated     # ^[a-z][a-z0-9_]{0,99}$$",
                "    aggregation: SUM           # SUM, COUNT, MAX, LATEST or UNIQUE",
                "    unit: token",
                "    description: Tokens that a model has generated",
                "    effective:                 # half-open; judged at the occurred-at",
                "      - from: 2026-01-01       # its start in UTC, or a time with offset",
                "        until: 2027-01-01T00:00:00+01:00",
                "    groupBy: [model, region]   # optional: one aggregate for each combination",
                "    minimum: 0                 # optional, as maximum",
                "    wholeNumbers: true         # optional",
                "    latePolicy: AMEND          # optional: AMEND, NEXT or REJECT",
                "  - code: active_users",
                "    aggregation: UNIQUE        # distinct values of",
                "    uniqueProperty: user_id    # this property of the event",
                "    unit: user",
                "    effective:",
                "      - from: 2026-01-01",
                "",
                "Aggregation, unit, groupBy and uniqueProperty are fixed for the life of a code. What is counted stays"
                        + " counted, whatever changes here.",
                ""
            })
    int apply(
            @Parameters(paramLabel = "FILE.yaml", description = "The features.") final Path file,
            @Option(
                            names = "--allow-vague",
                            description = "Register codes that say nothing, such as metric or event_x.")
                    final boolean allowVague,
            @Mixin final ConnectionOptions connection) {
        final CatalogFile read = CatalogFile.read(file);
        final String refused = file + " is not applied";
        PlanReport.requireNone(refused, read.problems());
        final Instant now = now();
        final CatalogPlan plan = topic(connection).apply(catalog -> {
            final CatalogPlan wanted = CatalogPlan.of(read.features(), catalog, allowVague);
            return wanted.warning(PastEffect.warnings(wanted, catalog, now));
        });
        return PlanReport.of(spec).show(refused, plan);
    }

    @Command(name = "list", description = "Lists the features that are published.")
    int list(@Mixin final ConnectionOptions connection) {
        final PrintWriter out = spec.commandLine().getOut();
        final List<FeatureDefinition> features =
                List.copyOf(topic(connection).read().values());
        if (features.isEmpty()) {
            out.println("The catalog is empty; driftless catalog apply FILE.yaml fills it.");
        } else {
            CatalogTable.of(features).lines().forEach(out::println);
        }
        return ExitCodes.OK;
    }

    @Command(
            name = "archive",
            description = {
                "Ends a feature's effect: events that occurred at that time or later are rejected as"
                        + " FEATURE_NOT_IN_EFFECT. Earlier ones still count when they arrive late, and what is counted"
                        + " stays counted.",
                "",
                "Where the catalog is kept in a file, say 'until' there too: the next apply makes the catalog as the"
                        + " file says.",
                "",
                "  driftless catalog archive fax_pages",
                "  driftless catalog archive fax_pages --at 2027-01-01T00:00:00+01:00",
                ""
            })
    int archive(
            @Parameters(paramLabel = "CODE", description = "The feature.") final String code,
            @Option(
                            names = "--at",
                            paramLabel = "INSTANT",
                            converter = InstantConverter.class,
                            description = "First instant no longer in effect; now if not given. A time with offset, or"
                                    + " a date (its start in UTC).")
                    final Instant at,
            @Option(
                            names = "--allow-retroactive",
                            description = "Let --at lie before now. Usage of that time which is already counted stays"
                                    + " counted; only events that arrive from now on are rejected.")
                    final boolean allowRetroactive,
            @Mixin final ConnectionOptions connection) {
        final EffectChange change = effectChange(code, at, allowRetroactive);
        return report(code + " is not archived", topic(connection).apply(change::archive));
    }

    @Command(
            name = "reopen",
            description = {
                "Puts an archived feature into effect again, from an instant on and without an end. The time in"
                        + " between stays out of effect.",
                "",
                "  driftless catalog reopen fax_pages",
                "  driftless catalog reopen fax_pages --at 2027-02-01",
                ""
            })
    int reopen(
            @Parameters(paramLabel = "CODE", description = "The feature.") final String code,
            @Option(
                            names = "--at",
                            paramLabel = "INSTANT",
                            converter = InstantConverter.class,
                            description = "First instant in effect again; now if not given. A time with offset, or a"
                                    + " date (its start in UTC).")
                    final Instant at,
            @Option(
                            names = "--allow-retroactive",
                            description = "Let --at lie before now. Events of that time which are already rejected"
                                    + " count only if they are sent again.")
                    final boolean allowRetroactive,
            @Mixin final ConnectionOptions connection) {
        final EffectChange change = effectChange(code, at, allowRetroactive);
        return report(code + " is not reopened", topic(connection).apply(change::reopen));
    }

    private int report(final String refused, final CatalogPlan plan) {
        final int exitCode = PlanReport.of(spec).show(refused, plan);
        plan.changes()
                .forEach(change ->
                        spec.commandLine().getOut().println("in effect " + CatalogTable.inEffect(change.row())));
        return exitCode;
    }

    private static EffectChange effectChange(final String code, final Instant at, final boolean allowRetroactive) {
        final Instant now = now();
        return new EffectChange(code, Optional.ofNullable(at).orElse(now), now, allowRetroactive);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static CatalogTopic topic(final ConnectionOptions connection) {
        return new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection);
    }
}
