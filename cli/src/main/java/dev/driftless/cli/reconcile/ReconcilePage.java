package dev.driftless.cli.reconcile;

import dev.driftless.cli.recount.Account;
import dev.driftless.cli.recount.Finding;
import dev.driftless.cli.recount.Reconciliation;
import dev.driftless.cli.recount.Reconciliation.FeatureEvents;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A reconciliation's result as one page of its own: no script, nothing from a network. */
final class ReconcilePage {
    private static final int WIDTH = 640;
    private static final int LABEL = 180;
    private static final int ROW = 22;
    private static final String STYLE = """
            body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#1b1f24}
            h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
            table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #d0d7de;padding:.3rem .5rem;
            text-align:left;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}
            .ok{color:#116329}.bad{color:#a40e26}svg{max-width:100%;height:auto}code{word-break:break-all}
            """;

    private final Reconciliation result;

    ReconcilePage(final Reconciliation result) {
        this.result = result;
    }

    String html() {
        final StringBuilder page = new StringBuilder(4_096);
        page.append(
                        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Reconciliation</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Reconciliation, ")
                .append(Instant.now().toString(), 0, 19)
                .append("Z</h1>");
        page.append(
                result.agrees()
                        ? "<p class=\"ok\"><strong>Agrees.</strong> Totals and sets, revisions, rejections.</p>"
                        : "<p class=\"bad\"><strong>Differs:</strong> "
                                + (result.findings().size() + result.left()) + " findings.</p>");
        page.append("<p>").append(result.compared()).append(" aggregates compared, ");
        page.append(result.unproven())
                .append(" not provable, ")
                .append(result.moving())
                .append(" moving.</p><ul>");
        result.notes().forEach(note -> page.append("<li>").append(escaped(note)).append("</li>"));
        page.append("</ul><h2>What became of the records, by partition</h2>");
        addAccounts(page);
        page.append("<h2>Events by feature: recounted (dark) and billed (light)</h2>");
        addFeatures(page);
        addFindings(page);
        return page.append("</body></html>\n").toString();
    }

    private void addAccounts(final StringBuilder page) {
        final long most = result.accounts().values().stream()
                .mapToLong(Account::read)
                .max()
                .orElse(0);
        open(page, result.accounts().size());
        int row = 0;
        for (final Map.Entry<Integer, Account> entry : result.accounts().entrySet()) {
            final Account account = entry.getValue();
            label(page, row, "partition " + entry.getKey());
            double x = LABEL;
            x = bar(page, x, row, account.counted(), most, "#1f6feb", "counted");
            x = bar(page, x, row, account.duplicates(), most, "#8c959f", "duplicates");
            x = bar(page, x, row, account.rejectedInAll(), most, "#cf222e", "rejected");
            bar(page, x, row, account.rerouted(), most, "#bf8700", "re-routed");
            row++;
        }
        page.append("</svg><p>Blue: counted; grey: duplicates; red: rejected; ochre: re-routed.</p>");
    }

    private void addFeatures(final StringBuilder page) {
        final long most = result.features().values().stream()
                .mapToLong(events -> Math.max(events.recounted(), events.billed()))
                .max()
                .orElse(0);
        open(page, 2 * result.features().size());
        int row = 0;
        for (final Map.Entry<String, FeatureEvents> feature : result.features().entrySet()) {
            label(page, row, feature.getKey());
            bar(page, LABEL, row++, feature.getValue().recounted(), most, "#0a3069", "recounted");
            bar(page, LABEL, row++, feature.getValue().billed(), most, "#54aeff", "billed");
        }
        page.append("</svg>");
    }

    private static void open(final StringBuilder page, final int rows) {
        page.append(String.format(
                Locale.ROOT,
                "<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" font-size=\"12\">",
                LABEL + WIDTH + 90,
                Math.max(1, rows) * ROW,
                LABEL + WIDTH + 90));
    }

    private static void label(final StringBuilder page, final int row, final String text) {
        page.append(String.format(Locale.ROOT, "<text x=\"0\" y=\"%d\">%s</text>", row * ROW + 15, escaped(text)));
    }

    private static double bar(
            final StringBuilder page,
            final double x,
            final int row,
            final long count,
            final long most,
            final String colour,
            final String what) {
        final double width = most == 0 ? 0 : (double) WIDTH * count / most;
        page.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"><title>%s: %,d</title></rect>",
                x,
                row * ROW + 3,
                width,
                colour,
                what,
                count));
        return x + width;
    }

    private void addFindings(final StringBuilder page) {
        if (result.findings().isEmpty()) {
            return;
        }
        page.append("<h2>Findings</h2><table><tr><th>what</th><th>where</th><th>recounted</th><th>billed</th></tr>");
        for (final Finding finding : result.findings()) {
            page.append("<tr><td>").append(escaped(finding.kind().title())).append("</td><td>");
            finding.aggregate().ifPresent(name -> page.append("<strong>")
                    .append(escaped(name.toString()))
                    .append("</strong><br>"));
            page.append(escaped(finding.text()));
            finding.events().forEach(event -> page.append("<br><code>")
                    .append(escaped(ReconcileText.event(event)))
                    .append("</code>"));
            List.of(finding.should(), finding.billed()).forEach(amount -> page.append("</td><td class=\"n\">")
                    .append(amount.map(ReconcileText::amount).orElse("")));
            page.append("</td></tr>");
        }
        page.append("</table>");
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
