package dev.driftless.streams.app.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.domain.PartitionAccount;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProgressMetricsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
    private static final List<PartitionAccount> ACCOUNTS = List.of(
            PartitionAccount.open(0).at(NOW.minusSeconds(4), Optional.of(7L)),
            PartitionAccount.open(1).at(NOW.minusSeconds(3_600), Optional.of(9L)),
            PartitionAccount.open(2));

    @Test
    void shouldShowTheAgeOfWhatIsReadWhileMoreIsWaitingAndNothingForAnIdlePartition() {
        final List<Lag> lags = List.of(new Lag("usage-events", 0, 12), new Lag("usage-events", 1, 0));

        assertThat(gauges("driftless_lag_seconds", lags, List.of()))
                .isEqualTo(Map.of("{partition=\"0\"}", 4.0, "{partition=\"1\"}", 0.0));
        assertThat(gauges("driftless_lag_records", lags, List.of()))
                .isEqualTo(Map.of(
                        "{partition=\"0\",topic=\"usage-events\"}", 12.0,
                        "{partition=\"1\",topic=\"usage-events\"}", 0.0));
    }

    @Test
    void shouldNotShowALagBelowZeroWhereClocksDisagree() {
        final ProgressMetrics metrics = new ProgressMetrics(
                state(List.of(new Lag("usage-events", 0, 1)), List.of()),
                Clock.fixed(NOW.minusSeconds(60), ZoneOffset.UTC));

        assertThat(values(metrics, "driftless_lag_seconds")).containsEntry("{partition=\"0\"}", 0.0);
    }

    @Test
    void shouldSumWhatIsStillToBeRestored() {
        assertThat(gauges("driftless_restore_remaining_records", List.of(), List.of()))
                .isEqualTo(Map.of("{store=\"all\"}", 0.0));
        assertThat(gauges(
                        "driftless_restore_remaining_records",
                        List.of(),
                        List.of(
                                new Restoration("usage-dedup", 0, 100, 1_000),
                                new Restoration("usage-dedup", 1, 0, 50),
                                new Restoration("usage-account", 1, 3, 1))))
                .isEqualTo(Map.of(
                        "{store=\"all\"}", 950.0, "{store=\"usage-dedup\"}", 950.0, "{store=\"usage-account\"}", 0.0));
    }

    private static Map<String, Double> gauges(
            final String name, final List<Lag> lags, final List<Restoration> restoring) {
        return values(new ProgressMetrics(state(lags, restoring), Clock.fixed(NOW, ZoneOffset.UTC)), name);
    }

    private static KnownState state(final List<Lag> lags, final List<Restoration> restoring) {
        return new KnownState(() -> ACCOUNTS, lags, restoring, true, 0);
    }

    private static Map<String, Double> values(final ProgressMetrics metrics, final String name) {
        final Map<String, Double> values = new TreeMap<>();
        metrics.collect().stream()
                .filter(metric -> metric.getMetadata().getName().equals(name))
                .flatMap(metric -> metric.getDataPoints().stream())
                .map(GaugeDataPointSnapshot.class::cast)
                .forEach(point -> values.put(labels(point), point.getValue()));
        return values;
    }

    private static String labels(final DataPointSnapshot point) {
        return point.getLabels().toString();
    }
}
