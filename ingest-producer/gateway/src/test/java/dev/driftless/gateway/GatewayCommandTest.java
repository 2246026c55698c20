package dev.driftless.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.gateway.config.SettingDefaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class GatewayCommandTest {
    private static final Path DOCS = Path.of("../../docs/gateway.md");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--http-port=70000 | http-port '70000' must be 0 to 65535",
                "--http-port=x | x",
                "--http-host=0.0.0.0 | unless api-keys",
                "--max-batch-events=0 | max-batch-events '0' must be from 1",
                "--max-batch-events=100 --max-in-flight=99 | max-in-flight '99' must be from 100",
                "--max-body-bytes=10 | max-body-bytes",
                "--max-bodies-bytes=10 | max-bodies-bytes '10' must be at least max-body-bytes",
                "--delivery-timeout=5x | must be a duration",
                "--delivery-timeout=10ms | delivery-timeout",
                "--idle-timeout=10s | longer than delivery-timeout",
                "--api-keys-file=/nonexistent | cannot be read",
                "--api-keys=sha256:ab | 64 hex digits",
                "--catalog-check=perhaps | perhaps",
                "--config=/nonexistent.yaml | cannot be read",
                "--no-such | --no-such"
            })
    void shouldNameTheSettingThatIsWrong(final String arguments, final String message) {
        assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void shouldTakeFlagsOverTheEnvironmentOverTheFileOverDefaults() throws IOException {
        final Path file = Files.writeString(
                directory.resolve("gateway.yaml"),
                "http-port: 70001\nmax-in-flight: 3\ndelivery-timeout: 2s\nkafka: {client.id: x}\n");
        final Map<String, String> environment =
                Map.of("DRIFTLESS_CONFIG", file.toString(), "DRIFTLESS_HTTP_PORT", "70002", "DRIFTLESS_API_KEYS", "");

        assertThat(run(environment)).isEqualTo(2);
        assertThat(run(environment, "--http-port=70003")).isEqualTo(2);
        assertThat(run(environment, "--http-port=0")).isEqualTo(2);
        assertThat(err.toString())
                .contains("http-port '70002'")
                .contains("http-port '70003'")
                .contains("max-in-flight '3'");
    }

    @Test
    void shouldRefuseANameInTheFileThatIsNoSetting() throws IOException {
        final Path file = Files.writeString(directory.resolve("gateway.yaml"), "htp-port: 1\n");

        assertThat(run(Map.of(), "-c", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("'htp-port' must be a setting");
    }

    @Test
    void shouldNotShowAFileThatIsNoYaml() throws IOException {
        final Path file = Files.writeString(directory.resolve("gateway.yaml"), "api-keys: [secret\n");

        assertThat(run(Map.of(), "-c", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("not valid YAML").doesNotContain("secret");
    }

    @Test
    void shouldNotShowKeysInItsHelp() {
        assertThat(run(Map.of("DRIFTLESS_API_KEYS", "topsecret"), "--help")).isZero();
        assertThat(out.toString()).contains("--http-port").contains("8080").doesNotContain("topsecret");
    }

    @Test
    void shouldSayWhatIsNotAvailable() {
        final int code = run(
                Map.of(),
                "--bootstrap-servers=127.0.0.1:1",
                "--schema-registry-url=http://127.0.0.1:1",
                "--startup-timeout=0s");

        assertThat(code).isEqualTo(3);
        assertThat(err.toString()).contains("http://127.0.0.1:1").contains("startup-timeout 'PT0S'");
    }

    /** The table in the documents is what this prints. */
    @Test
    void shouldBeDocumentedSettingBySetting() throws IOException {
        final List<String> rows = rows().toList();

        assertThat(Files.readString(DOCS).lines().filter(line -> line.contains("| `DRIFTLESS_")))
                .as(String.join("\n", rows))
                .containsExactlyElementsOf(rows);
    }

    private static Stream<String> rows() {
        return GatewayMain.commandLine(Map.of()).getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .filter(option ->
                        !List.of("--config", "--kafka", "--schema-registry").contains(option.longestName()))
                .map(GatewayCommandTest::row);
    }

    private static String row(final OptionSpec option) {
        final String name = option.longestName().substring(2);
        final String defaultText = option.defaultValue() == null ? "" : "`" + option.defaultValue() + "`";
        return "| `" + name + "` | `" + SettingDefaults.environmentName(name) + "` | " + defaultText + " | "
                + String.join(" ", option.description()) + " |";
    }

    private int run(final Map<String, String> environment, final String... arguments) {
        final CommandLine command = GatewayMain.commandLine(environment, arguments);
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
