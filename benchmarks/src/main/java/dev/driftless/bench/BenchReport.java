package dev.driftless.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftless.bench.run.Measurement;
import dev.driftless.bench.run.Summary;
import dev.driftless.bench.traffic.Workload;
import dev.driftless.cli.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The results as one table, or as JSON. */
final class BenchReport {
    private static final double MIB = 1024 * 1024;
    private static final TextTable TABLE = new TextTable(
            List.of(
                    "case",
                    "what",
                    "events/s whole",
                    "steady",
                    "ratio to a",
                    "CPU s/M whole",
                    "steady",
                    "broker CPU s/M",
                    "peak MiB",
                    "broker B/event",
                    "state B/key",
                    "changelog B/key"),
            Set.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11));

    private BenchReport() {}

    static List<String> lines(final List<Summary> summaries) {
        return TABLE.lines(summaries.stream().map(BenchReport::row).toList());
    }

    private static List<String> row(final Summary summary) {
        final Measurement median = summary.median();
        return List.of(
                summary.name(),
                summary.title(),
                number("%,.0f", median.wholePerSecond()),
                number("%,.0f", median.steadyPerSecond()),
                optional("%.2f", summary.steadyRatio()),
                number("%.1f", median.wholeCpuPerMillion()),
                number("%.1f", median.steadyCpuPerMillion()),
                number("%.1f", median.brokerCpuPerMillion()),
                optional("%.0f", median.peakMemory().map(bytes -> bytes / MIB)),
                number("%.0f", median.brokerBytesPerEvent()),
                optional("%.1f", median.stateBytesPerKey()),
                optional("%.1f", median.changelogBytesPerKey()));
    }

    private static String number(final String format, final double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, format, number) : "-";
    }

    private static String optional(final String format, final Optional<Double> number) {
        return number.map(known -> number(format, known)).orElse("-");
    }

    static String json(final Workload workload, final long keys, final List<Summary> summaries) {
        final ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("events", workload.events())
                .put("customers", workload.customers())
                .put("seed", workload.seed());
        root.put("keysMarkedBefore", keys);
        final ArrayNode cases = root.putArray("cases");
        summaries.forEach(summary -> cases.add(json(summary)));
        return root.toPrettyString();
    }

    private static ObjectNode json(final Summary summary) {
        final Measurement median = summary.median();
        final ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("case", summary.name()).put("what", summary.title());
        node.put("eventsPerSecond", median.wholePerSecond()).put("steadyEventsPerSecond", median.steadyPerSecond());
        node.put("ratioToPassThrough", summary.steadyRatio().orElse(null));
        node.put("cpuSecondsPerMillion", median.wholeCpuPerMillion());
        node.put("steadyCpuSecondsPerMillion", median.steadyCpuPerMillion());
        node.put("brokerCpuSecondsPerMillion", median.brokerCpuPerMillion());
        node.put("peakMemoryBytes", median.peakMemory().orElse(null));
        node.put("brokerBytesPerEvent", median.brokerBytesPerEvent());
        node.put("stateBytesPerKey", median.stateBytesPerKey().orElse(null));
        node.put("changelogBytesPerKey", median.changelogBytesPerKey().orElse(null));
        return node;
    }
}
