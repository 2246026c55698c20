package dev.driftless.cli.demo;

import dev.driftless.cli.TextTable;
import dev.driftless.cli.recount.Account;
import dev.driftless.cli.recount.AggregateName;
import dev.driftless.cli.recount.Agreement;
import dev.driftless.cli.recount.BilledAggregate;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The demo's results as people read them. */
final class DemoReport {
    private static final int SHOWN_CUSTOMERS = 3;
    private static final TextTable AGGREGATES = new TextTable(
            List.of(
                    "customer",
                    "feature",
                    "period, UTC",
                    "aggregation",
                    "quantity",
                    "unit",
                    "events",
                    "duplicates",
                    "late",
                    "voids",
                    "revision",
                    "status"),
            Set.of(4, 6, 7, 8, 9, 10));
    private static final DateTimeFormatter BOUND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String INDENT = "  ";

    private final DemoResult result;

    DemoReport(final DemoResult result) {
        this.result = result;
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        addAggregates(lines);
        addAccount(lines);
        addVerification(lines);
        return lines;
    }

    private void addAggregates(final List<String> lines) {
        final Map<AggregateName, BilledAggregate> billed = result.billed();
        final List<String> customers = largestCustomers();
        lines.add("");
        lines.add("Aggregates (of " + number(billed.size()) + ", those of the " + customers.size()
                + " customers with the most events)");
        final List<List<String>> rows = billed.entrySet().stream()
                .filter(entry -> customers.contains(entry.getKey().customer()))
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing((AggregateName name) -> customers.indexOf(name.customer()))
                                .thenComparing(AggregateName::feature)
                                .thenComparing(name -> name.groups().toString())
                                .thenComparing(AggregateName::periodStart)))
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .toList();
        AGGREGATES.lines(rows).forEach(line -> lines.add(INDENT + line));
    }

    private List<String> largestCustomers() {
        final Map<String, Long> events = new HashMap<>();
        result.billed().forEach((name, billed) -> events.merge(name.customer(), billed.events(), Long::sum));
        return events.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN_CUSTOMERS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> row(final AggregateName name, final BilledAggregate billed) {
        return List.of(
                name.customer(),
                name.feature() + (name.groups().isEmpty() ? "" : " " + name.groups()),
                BOUND.format(Instant.ofEpochMilli(name.periodStart())) + " .. "
                        + BOUND.format(Instant.ofEpochMilli(billed.periodEnd())),
                billed.aggregation(),
                quantity(billed.quantity()),
                billed.unit(),
                number(billed.events()),
                number(billed.duplicates()),
                number(billed.late()),
                number(billed.voids()),
                number(billed.revision()),
                billed.status());
    }

    private void addAccount(final List<String> lines) {
        final Account account = result.account();
        lines.add("");
        lines.add("Account: " + number(result.published()) + " records published, " + number(result.rerouted())
                + " of them into a wrong partition");
        lines.add(sum("read", account.read(), ""));
        lines.add(sum("= counted", account.counted(), ""));
        lines.add(sum("+ duplicates", account.duplicates(), ""));
        lines.add(sum("+ rejected", account.rejectedInAll(), ""));
        account.rejected().forEach((reason, count) -> lines.add(sum("", count, reason)));
        lines.add(sum("+ rerouted", account.rerouted(), "read again where they belong"));
        if (account.ticks() > 0) {
            lines.add(INDENT + "(and " + number(account.ticks())
                    + " ticks, by which the application tells an idle partition the time)");
        }
        lines.add(INDENT
                + (result.isBalanced()
                        ? "balanced: each record published has exactly one outcome"
                        : "NOT BALANCED: " + number(result.published() + result.rerouted())
                                + " records were to be read, " + number(result.rerouted()) + " to be rerouted"));
    }

    private static String sum(final String term, final long count, final String note) {
        final String line = note.isEmpty() || !term.isEmpty()
                ? String.format(Locale.ROOT, "  %-14s %12s  %s", term, number(count), note)
                : String.format(Locale.ROOT, "  %-14s     %12s  %s", "", number(count), note);
        return line.stripTrailing();
    }

    private void addVerification(final List<String> lines) {
        lines.add("");
        lines.add("Verification, by an independent recount of the raw topic");
        for (final Agreement agreement : result.agreements()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-5s %-45s %s",
                    agreement.holds() ? "ok" : "WRONG",
                    agreement.group(),
                    agreement.holds()
                            ? number(agreement.compared()) + " compared"
                            : number(agreement.disagreements()) + " of " + number(agreement.compared())
                                    + " disagree:"));
            agreement.examples().forEach(example -> lines.add("          " + example));
        }
        lines.add(String.format(
                Locale.ROOT,
                "  %s, %.1f s after the first record",
                result.isVerified() ? "every group agrees" : "NOT EVERY GROUP AGREES",
                result.seconds()));
    }

    static String number(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String quantity(final BigDecimal quantity) {
        final DecimalFormat format =
                new DecimalFormat("#,##0.#########", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(quantity);
    }
}
