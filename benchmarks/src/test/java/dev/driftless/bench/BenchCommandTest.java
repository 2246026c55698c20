package dev.driftless.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({"--events,0", "--rounds,0", "--customers,0", "--keys,-1", "--cases,z"})
    void shouldRefuseWhatIsNotAllowedWithOptionAndValue(final String option, final String value) {
        assertThat(execute(option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(option + " '" + value + "' must");
    }

    @Test
    void shouldListTheCases() {
        assertThat(execute("--list")).isZero();
        assertThat(out.toString()).contains("a  EOS byte pass-through").contains("b  Driftless as shipped");
    }

    private int execute(final String... arguments) {
        return BenchMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
