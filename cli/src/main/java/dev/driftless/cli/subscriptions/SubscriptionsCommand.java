package dev.driftless.cli.subscriptions;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.table.PlanReport;
import dev.driftless.cli.table.Rows;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.rules.Violation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The customers' billing periods. */
@Command(
        name = "subscriptions",
        description = "The customers' billing periods: apply a file of them, or list what is published.")
public final class SubscriptionsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: apply or list");
    }

    @Command(
            name = "apply",
            description = {
                "Publishes the subscriptions of a YAML file: what is new or changed, all of it or nothing. Customers"
                        + " that the file does not name stay as they are. Safe to repeat.",
                "",
                "subscriptions:",
                "  - customer: acme",
                "    terms:                         # all of them, past ones too",
                "      - from: 2026-01-31T00:00:00+01:00",
                "        interval: MONTH            # DAY, WEEK, MONTH, QUARTER or YEAR",
                "        anchor: 2026-01-31         # local start of a period, or its date",
                "        timeZone: Europe/Berlin",
                "      - from: 2027-01-01T00:00:00+01:00",
                "        interval: YEAR",
                "        anchor: 2027-01-01T00:00",
                "        timeZone: Europe/Berlin",
                "",
                "A term holds from its 'from' until that of the next one; the period in progress ends there. Before the"
                        + " first, and without a subscription, periods are calendar months in UTC. To go back to those,"
                        + " add a term with interval MONTH, anchor 2026-01-01 and timeZone UTC.",
                "",
                "An event is placed by the term in effect at its occurred-at. What is counted never moves.",
                ""
            })
    int apply(
            @Parameters(paramLabel = "FILE.yaml", description = "The subscriptions.") final Path file,
            @Option(
                            names = "--allow-retroactive",
                            description = "Add, alter or leave out terms that start before now. Usage that is already"
                                    + " counted keeps its periods, and those of later events can overlap with them.")
                    final boolean allowRetroactive,
            @Mixin final ConnectionOptions connection) {
        final SubscriptionsFile read = SubscriptionsFile.read(file);
        final String refused = file + " is not applied";
        PlanReport.requireNone(refused, read.problems());
        final Instant now = now();
        final SubscriptionsPlan plan = topic(connection)
                .apply(published -> SubscriptionsPlan.of(read.customers(), published, now, allowRetroactive));
        return PlanReport.of(spec).show(refused, plan);
    }

    @Command(
            name = "list",
            description = {
                "Lists the subscriptions that are published, all of them or those of some customers, with the period"
                        + " in which the present lies.",
                ""
            })
    int list(
            @Parameters(paramLabel = "CUSTOMER", arity = "0..*", description = "The customers; all if none is given.")
                    final List<String> customers,
            @Mixin final ConnectionOptions connection) {
        final PrintWriter out = spec.commandLine().getOut();
        final Rows<Subscription> rows = topic(connection).read();
        rows.unusable().forEach(row -> spec.commandLine().getErr().println("driftless: warning: " + row.problem()));
        final List<String> asked = customers == null ? List.of() : customers;
        final List<Subscription> shown = rows.byKey().values().stream()
                .filter(row -> asked.isEmpty() || asked.contains(row.getCustomerId()))
                .toList();
        if (!shown.isEmpty()) {
            SubscriptionsTable.of(shown, now()).lines().forEach(out::println);
        } else if (asked.isEmpty()) {
            out.println("There are no subscriptions: all customers have calendar months in UTC;"
                    + " driftless subscriptions apply FILE.yaml gives them others.");
        }
        asked.stream()
                .filter(customer -> !rows.byKey().containsKey(customer))
                .forEach(customer ->
                        out.println(Violation.shown(customer) + " has no subscription: calendar months in UTC"));
        return ExitCodes.OK;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static SubscriptionsTopic topic(final ConnectionOptions connection) {
        return new SubscriptionsTopic(Topics.DEFAULT.subscriptions(), connection);
    }
}
