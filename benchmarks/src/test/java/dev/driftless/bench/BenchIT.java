package dev.driftless.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BenchIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldMeasureTheCasesOverTheSameEventsAndHoldDriftlessAgainstTheRecount() {
        final int exitCode = execute("--events", "5000", "--rounds", "1", "--cases", "a,b,t", "--keys", "3000");

        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("a ") && line.contains("EOS byte pass-through"))
                .anyMatch(line -> line.startsWith("b ") && line.contains("Driftless as shipped"))
                .anyMatch(line -> line.startsWith("t ") && line.contains("tutorial's deduplication"));
    }

    private int execute(final String... arguments) {
        return BenchMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
