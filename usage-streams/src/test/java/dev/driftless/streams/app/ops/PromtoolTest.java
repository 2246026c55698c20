package dev.driftless.streams.app.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.store.PeriodCounts;
import dev.driftless.streams.topology.store.StoreReads;
import dev.driftless.streams.topology.store.StoreReads.Cached;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool on what Prometheus is given. */
class PromtoolTest {
    private static final Path OBSERVABILITY = Path.of("..", "docker", "observability");

    @TempDir
    private Path directory;

    @BeforeEach
    void requirePromtool() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "promtool"))),
                "no promtool here (Debian: prometheus): metrics and alerts are not held against it");
    }

    @Test
    void shouldHaveNothingToSayOfOurOwnMetrics() throws Exception {
        final PartitionAccount account = PartitionAccount.open(0)
                .plusCounted()
                .plusRejected(RejectionReason.INVALID)
                .withRead(2)
                .at(Instant.EPOCH.plusSeconds(1), Optional.of(1L));
        final KnownState state = new KnownState(
                () -> List.of(account),
                List.of(new Lag("usage-events", 0, 1)),
                List.of(new Restoration("usage-dedup", 0, 1, 2)),
                true,
                0,
                List.of(new StoreReads("usage-dedup", 9, 1, 0, new Cached(1, 2), new Cached(3, 4), new Cached(5, 6))),
                List.of(new PeriodCounts(0, 1, 2, 3)));
        final Path scrape = directory.resolve("scrape");
        try (Metrics metrics = Metrics.create(state)) {
            Files.writeString(scrape, metrics.scrape().body());
        }

        assertThat(Files.readString(scrape))
                .contains("driftless_lag_seconds", "driftless_account_imbalance", "driftless_store_filter_total");
        assertThat(promtool(scrape, "check", "metrics").lines())
                .noneMatch(line -> line.contains("driftless") || line.startsWith("error"));
    }

    @Test
    void shouldTakeTheConfigurationAndTheAlerts() throws Exception {
        final Path nothing = Files.createFile(directory.resolve("nothing"));

        assertThat(promtool(nothing, "check", "config", "prometheus.yml")).contains("SUCCESS");
        assertThat(promtool(nothing, "test", "rules", "alerts-test.yml"))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    private String promtool(final Path input, final String... arguments) throws IOException, InterruptedException {
        final Path output = directory.resolve("output");
        final ProcessBuilder promtool = new ProcessBuilder("promtool")
                .directory(OBSERVABILITY.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        promtool.command().addAll(List.of(arguments));
        promtool.start().waitFor();
        return Files.readString(output, UTF_8);
    }
}
