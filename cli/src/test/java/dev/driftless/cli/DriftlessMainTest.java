package dev.driftless.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DriftlessMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "demo --help",
                "up --help",
                "topics --help",
                "topics apply --help",
                "topics check --help",
                "catalog --help",
                "catalog apply --help",
                "ingest --help",
                "catalog list -h",
                "catalog archive --help",
                "catalog reopen --help",
                "subscriptions --help",
                "subscriptions apply --help",
                "subscriptions list --help"
            })
    void shouldExplainEveryCommand(final String arguments) {
        assertThat(run(arguments.split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: driftless").contains("Exit codes:");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dmeo",
                "demo --events=many",
                "demo --events=0",
                "demo --customers=0",
                "up --kafka-port=70000",
                "up --ops-port=-1",
                "up --http-port=65536",
                "ingest",
                "ingest -",
                "ingest --format=xml events.xml",
                "catalog",
                "catalog apply",
                "catalog archive",
                "catalog archive api_calls --at tomorrow",
                "catalog reopen api_calls --at 2026-01-01T00:00:00",
                "subscriptions",
                "subscriptions apply",
                "topics",
                "topics apply --no-such-option"
            })
    void shouldEndWrongUsageWithTwo(final String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isNotEmpty();
    }

    @Test
    void shouldEndAFailureWithOneAndOnePlainLine() {
        assertThat(run("catalog", "apply", "/no/such/file.yaml")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("driftless: no such file: /no/such/file.yaml" + System.lineSeparator());
    }

    @Test
    void shouldTellAllProblemsOfACatalogWithoutReachingForABroker(@TempDir final Path directory) throws IOException {
        final Path file = Files.writeString(
                directory.resolve("catalog.yaml"), "features:\n  - code: api_calls\n    aggregation: AVG\n");

        assertThat(run("catalog", "apply", file.toString(), "--bootstrap-servers", "127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("nothing was written")
                .contains("api_calls: aggregation 'AVG' must be one of [SUM, COUNT, MAX, LATEST, UNIQUE]")
                .contains("api_calls: unit is missing");
    }

    @Test
    void shouldSayHowAnInstantIsWritten() {
        assertThat(run("catalog", "archive", "api_calls", "--at", "tomorrow")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--at", "'tomorrow' must be a time with offset such as 2026-01-01T00:00:00Z");
    }

    @Test
    void shouldTellAllProblemsOfSubscriptionsWithoutReachingForABroker(@TempDir final Path directory)
            throws IOException {
        final Path file = Files.writeString(
                directory.resolve("subscriptions.yaml"),
                "subscriptions:\n  - customer: acme\n    terms:\n      - from: 2026-02-30\n        interval: FORTNIGHT\n");

        assertThat(run("subscriptions", "apply", file.toString(), "--bootstrap-servers", "127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("nothing was written")
                .contains("acme: terms[1].from '2026-02-30' must be a time with offset")
                .contains("acme: terms[1] interval 'FORTNIGHT' must be one of [DAY, WEEK, MONTH, QUARTER, YEAR]")
                .contains("acme: terms[1].anchor is missing")
                .contains("acme: terms[1].timeZone is missing");
    }

    @Test
    void shouldSayWhichConfigurationIsWrong() {
        assertThat(run("topics", "check", "--set", "partitions=none", "--set", "clock-skew=1h", "--set", "frob=1"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("partitions").contains("frob");
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("driftless ");
    }

    private int run(final String... arguments) {
        final CommandLine commandLine = DriftlessMain.commandLine();
        return commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
