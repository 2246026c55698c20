package dev.driftless.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoIT {
    private static final long EVENTS = 5_000;

    @Test
    void shouldBalanceAndAgreeWithTheRecountInEveryGroup() throws JsonProcessingException {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();

        final int exitCode = new CommandLine(new DemoCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--json", "--seed=4", "--customers=30", "--events=" + EVENTS);

        assertThat(exitCode).as(err.toString()).isZero();
        final JsonNode summary = new ObjectMapper().readTree(out.toString());
        assertThat(summary.path("balanced").asBoolean()).isTrue();
        assertThat(summary.path("verified").asBoolean()).isTrue();
        assertThat(summary.path("read").asLong())
                .isEqualTo(EVENTS + summary.path("rerouted").asLong())
                .isEqualTo(summary.path("counted").asLong()
                        + summary.path("duplicates").asLong()
                        + sum(summary.path("rejected"))
                        + summary.path("rerouted").asLong());
        assertThat(summary.path("rejected").fieldNames()).toIterable().contains("UNDECODABLE", "INVALID", "TOO_OLD");
        assertThat(err.toString()).contains("every group agrees");
    }

    private static long sum(final JsonNode counts) {
        return StreamSupport.stream(counts.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();
    }
}
