package dev.driftless.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.app.config.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UsageStreamsMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldExplainEverySettingInItsHelp() {
        assertThat(execute("--help")).isZero();
        assertThat(Settings.all())
                .allSatisfy(setting -> assertThat(out.toString()).contains(setting.flag()));
        assertThat(out.toString()).contains("Exit codes", "--kafka", "--schema-registry", "--config");
    }

    @Test
    void shouldPrintTheReferenceOfItsSettings() {
        assertThat(execute("--settings-reference")).isZero();
        assertThat(out.toString()).contains("| `dedup-window` | `DRIFTLESS_DEDUP_WINDOW` | `35d` |");
    }

    @Test
    void shouldEndWithTwoIfTheConfigurationIsWrong() {
        assertThat(execute("--dedup-window", "1d", "--admissible-age", "2d")).isEqualTo(2);
        assertThat(err.toString()).contains("dedup-window = '1d' (flag --dedup-window)");
    }

    @Test
    void shouldEndWithTwoIfAFlagDoesNotExistAndSayWhatWasMeant() {
        assertThat(execute("--dedup-windo=1d")).isEqualTo(2);
        assertThat(err.toString()).contains("--dedup-windo", "--dedup-window", "--help");
    }

    @Test
    void shouldEndWithTwoIfARawSettingHasNoValue() {
        assertThat(execute("--kafka", "acks")).isEqualTo(2);
        assertThat(err.toString()).contains("--kafka");
    }

    @Test
    void shouldNameTheFlagOfARawSetting() {
        assertThat(execute("--kafka", "acks=1")).isEqualTo(2);
        assertThat(err.toString()).contains("kafka.acks = '1' (flag --kafka)");
    }

    private int execute(final String... arguments) {
        final CommandLine commandLine = UsageStreamsMain.commandLine(Map.of());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
