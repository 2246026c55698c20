package dev.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The operations guide, held against the command line, the rules of Prometheus, the dashboard and itself. */
class OperationsGuideTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path OBSERVABILITY = Path.of("..", "docker", "observability");
    private static final Pattern COMMAND = Pattern.compile("`tools ([^`]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern METRIC = Pattern.compile("driftless[:_][a-z0-9_:]+");
    private static final Pattern HELD = Pattern.compile("\"(driftless_[a-z_]+)\"");

    private final String guide = read(DOCS.resolve("operations.md"));

    /** With a request for help beside them, commands that the guide names without their files are complete. */
    @Test
    void shouldNameCommandsAndFlagsThatExist() {
        final List<String> commands = all(COMMAND, guide, 1);

        assertThat(commands).hasSizeGreaterThan(5);
        assertThat(commands).allSatisfy(command -> {
            final ParseResult parsed = new CommandLine(new DriftlessCommand())
                    .parseArgs((command.replace("…", "any:1") + " --help").split(" +"));
            assertThat(parsed.hasSubcommand()).as(command).isTrue();
        });
    }

    @Test
    void shouldExplainEachAlertAndNoOther() throws IOException {
        final Set<String> alerts = new TreeSet<>();
        for (final JsonNode group : rules().path("groups")) {
            group.path("rules").forEach(rule -> {
                if (rule.has("alert")) {
                    alerts.add(rule.path("alert").asText());
                    assertThat(rule.path("annotations").path("runbook").asText())
                            .isEqualTo("docs/operations.md#"
                                    + anchor(rule.path("alert").asText()));
                }
            });
        }
        final Set<String> explained = new TreeSet<>(all(HEADING, guide, 1));
        explained.removeIf(heading -> !heading.startsWith("Driftless"));

        assertThat(explained).isNotEmpty().isEqualTo(alerts);
    }

    @Test
    void shouldNameMetricsThatExist() throws IOException {
        final Set<String> known = new TreeSet<>();
        for (final JsonNode group : rules().path("groups")) {
            group.path("rules").forEach(rule -> known.add(rule.path("record").asText()));
        }
        for (final String source : List.of("AccountMetrics", "ProgressMetrics", "StoreMetrics")) {
            all(
                            HELD,
                            read(Path.of(
                                    "../usage-streams/src/main/java/dev/driftless/streams/app/ops", source + ".java")),
                            1)
                    .forEach(name -> known.addAll(List.of(name, name + "_total")));
        }
        final Set<String> named = new TreeSet<>(all(METRIC, guide, 0));
        named.addAll(all(METRIC, read(OBSERVABILITY.resolve("grafana/dashboards/driftless.json")), 0));
        named.addAll(all(METRIC, read(OBSERVABILITY.resolve("alerts.yml")), 0));

        assertThat(named).hasSizeGreaterThan(10).isSubsetOf(known);
    }

    @Test
    void shouldLinkToWhatIsThere() {
        final List<String> anchors =
                all(HEADING, guide, 1).stream().map(OperationsGuideTest::anchor).toList();
        LINK.matcher(guide)
                .results()
                .filter(link -> !link.group(1).contains("://"))
                .forEach(link -> {
                    if (link.group(1).isEmpty()) {
                        assertThat(anchors).contains(link.group(2));
                    } else {
                        assertThat(DOCS.resolve(link.group(1))).exists();
                    }
                });
    }

    private static JsonNode rules() throws IOException {
        return new YAMLMapper().readTree(OBSERVABILITY.resolve("alerts.yml").toFile());
    }

    private static String anchor(final String heading) {
        return heading.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static List<String> all(final Pattern pattern, final String text, final int group) {
        final List<String> found = new ArrayList<>();
        for (final MatchResult match : pattern.matcher(text).results().toList()) {
            found.add(match.group(group));
        }
        return found;
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
