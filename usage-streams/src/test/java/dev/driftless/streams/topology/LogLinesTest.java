package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator finds in the log, with the configuration that the application runs with. */
class LogLinesTest {
    private static final String CUSTOMER = "customer";

    @TempDir
    private Path directory;

    @Test
    void shouldTellAtDebugWhichRecordsWereRejectedOrPassedOn() throws Exception {
        final List<JsonNode> lines = run("DEBUG");

        assertThat(lines)
                .filteredOn(line -> message(line).equals("rejected"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("log.level").asText()).isEqualTo("DEBUG");
                    assertThat(line.path(CUSTOMER).asText()).isEqualTo(LoggedRun.PLACED);
                    assertThat(line.path("partition").asText()).isEqualTo("0");
                    assertThat(line.path("offset").asText()).isEqualTo("1");
                    assertThat(line.path("reason").asText()).isEqualTo("UNKNOWN_FEATURE");
                });
        assertThat(lines)
                .filteredOn(line -> message(line).startsWith("misplaced"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path(CUSTOMER).asText()).isEqualTo(LoggedRun.MISPLACED);
                    assertThat(line.path("offset").asText()).isEqualTo("2");
                });
    }

    @Test
    void shouldTellWhereItStoppedAndNothingOfWhatEventsHold() throws Exception {
        final List<JsonNode> lines = run("INFO");

        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("log.level").asText()).isEqualTo("ERROR");
            assertThat(message(line)).startsWith("processing stops at this record");
            assertThat(line.path("topic").asText()).isEqualTo("usage-events");
            assertThat(line.path("partition").asText()).isEqualTo("0");
            assertThat(line.path("offset").asText()).isEqualTo("3");
            assertThat(line.path(CUSTOMER).asText()).isEqualTo(LoggedRun.PLACED);
        });
        assertThat(lines).noneMatch(line -> message(line).equals("rejected"));
        assertThat(lines).noneMatch(line -> line.toString().contains(LoggedRun.PAYLOAD));
    }

    private List<JsonNode> run(final String level) throws IOException, InterruptedException {
        final Path log = directory.resolve("log");
        final ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.configurationFile=classpath:usage-streams-log4j2.xml",
                        LoggedRun.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        program.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        program.environment().put("DRIFTLESS_LOG_FORMAT", "json");
        program.environment().put("DRIFTLESS_LOG_LEVEL", level);
        assertThat(program.start().waitFor(2, TimeUnit.MINUTES)).isTrue();
        final List<JsonNode> lines = new ArrayList<>();
        for (final String line : Files.readAllLines(log, UTF_8)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).last().matches(line -> line.path("over").asBoolean(), "ran to its end");
        return lines;
    }

    private static String message(final JsonNode line) {
        return line.path("message").asText();
    }
}
