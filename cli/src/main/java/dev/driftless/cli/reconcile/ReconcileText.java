package dev.driftless.cli.reconcile;

import dev.driftless.cli.recount.Account;
import dev.driftless.cli.recount.Finding;
import dev.driftless.cli.recount.JudgedEvent;
import dev.driftless.cli.recount.Reconciliation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A reconciliation's result for a terminal. */
final class ReconcileText {
    private static final int FINDINGS = 50;
    private static final int EVENTS = 5;

    private final Reconciliation result;

    ReconcileText(final Reconciliation result) {
        this.result = result;
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        final Account all = result.accounts().values().stream().reduce(Account.EMPTY, Account::plus);
        lines.add(format(
                "Recounted %,d records of %d partitions in %.1f s: %,d counted, %,d duplicates, %,d rejected, %,d"
                        + " re-routed",
                all.read(),
                result.accounts().size(),
                result.seconds(),
                all.counted(),
                all.duplicates(),
                all.rejectedInAll(),
                all.rerouted()));
        lines.add(format("Aggregates held against billing-usage: %,d", result.compared()));
        if (result.unproven() > 0) {
            lines.add(format("  of periods older than the raw topic, not provable: %,d", result.unproven()));
        }
        if (result.moving() > 0) {
            lines.add(format("  moving while they were compared, left out: %,d", result.moving()));
        }
        if (result.believed() > 0) {
            lines.add(format(
                    "Events older than their feature's definition, where the rejections were believed: %,d",
                    result.believed()));
        }
        result.notes().forEach(note -> lines.add("Note: " + note));
        lines.add("");
        if (result.agrees()) {
            lines.add("Agrees: totals and sets, revisions, rejections.");
        } else {
            addFindings(lines);
        }
        return lines;
    }

    private void addFindings(final List<String> lines) {
        final Map<Finding.Kind, Long> kinds = new TreeMap<>();
        result.findings().forEach(finding -> kinds.merge(finding.kind(), 1L, Long::sum));
        lines.add(format("DIFFERS: %,d findings", result.findings().size() + result.left()));
        kinds.forEach((kind, count) -> lines.add(format("  %,6d  %s", count, kind.title())));
        result.findings().stream().limit(FINDINGS).forEach(finding -> addFinding(lines, finding));
        if (result.findings().size() > FINDINGS) {
            lines.add("");
            lines.add(format(
                    "… and %,d more: --json and --html list them",
                    result.findings().size() - FINDINGS));
        }
    }

    private static void addFinding(final List<String> lines, final Finding finding) {
        lines.add("");
        lines.add(finding.kind().title()
                + finding.aggregate().map(name -> ": " + name).orElse(""));
        lines.add("  " + finding.text());
        if (finding.should().isPresent() || finding.billed().isPresent()) {
            lines.add(
                    "  recounted " + finding.should().map(ReconcileText::amount).orElse("nothing") + ", billed "
                            + finding.billed().map(ReconcileText::amount).orElse("nothing"));
        }
        finding.events().stream().limit(EVENTS).forEach(event -> lines.add("    " + event(event)));
        if (finding.events().size() > EVENTS) {
            lines.add(format("    … %d events more", finding.events().size() - EVENTS));
        }
    }

    static String event(final JudgedEvent event) {
        return event.position() + ": '" + event.key() + "' " + event.feature() + " " + plain(event.value()) + ", "
                + Instant.ofEpochMilli(event.occurredAt()) + ", " + event.outcome()
                + event.into()
                        .map(into -> " in " + Instant.ofEpochMilli(into.periodStart()))
                        .orElse("");
    }

    static String amount(final Finding.Amount amount) {
        return format("%s (%,d events)", plain(amount.quantity()), amount.events());
    }

    static String plain(final BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String format(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
