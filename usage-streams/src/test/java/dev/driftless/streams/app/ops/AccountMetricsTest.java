package dev.driftless.streams.app.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AccountMetricsTest {
    private static final Instant CLOCK = Instant.parse("2026-01-01T00:00:00.250Z");
    private static final PartitionAccount ACCOUNT = new PartitionAccount(
            3,
            15,
            5,
            2,
            Map.of(RejectionReason.INVALID, 3L, RejectionReason.TOO_OLD, 4L),
            1,
            6,
            CLOCK,
            Optional.of(9L));

    @Test
    void shouldShowTheAccountAsCountersAndGauges() {
        assertThat(accountMetrics(List.of(ACCOUNT))).isEqualTo("""
                        # HELP driftless_account_imbalance Records read without an outcome (above 0), or outcomes without \
                        a record (below 0); must be 0.
                        # TYPE driftless_account_imbalance gauge
                        driftless_account_imbalance{partition="3"} 0.0
                        # HELP driftless_partition_clock_lag_seconds How far the partition's time lies behind this \
                        machine's; grows while nothing arrives, too.
                        # TYPE driftless_partition_clock_lag_seconds gauge
                        driftless_partition_clock_lag_seconds{partition="3"} 1.5
                        # HELP driftless_partition_clock_seconds The partition's time: the latest broker time read, in \
                        seconds since 1970.
                        # TYPE driftless_partition_clock_seconds gauge
                        driftless_partition_clock_seconds{partition="3"} 1.76722560025E9
                        # HELP driftless_records_total Records of usage-events by what became of them; each read is \
                        exactly one.
                        # TYPE driftless_records_total counter
                        driftless_records_total{outcome="COUNTED",partition="3",reason=""} 5.0
                        driftless_records_total{outcome="DUPLICATE",partition="3",reason=""} 2.0
                        driftless_records_total{outcome="REJECTED",partition="3",reason="INVALID"} 3.0
                        driftless_records_total{outcome="REJECTED",partition="3",reason="TOO_OLD"} 4.0
                        driftless_records_total{outcome="REROUTED",partition="3",reason=""} 1.0
                        # HELP driftless_ticks_total Records by which the application tells an idle partition the time; \
                        not usage.
                        # TYPE driftless_ticks_total counter
                        driftless_ticks_total{partition="3"} 6.0
                        """);
    }

    @Test
    void shouldShowNoTimeOfAPartitionOfWhichNothingWasRead() {
        assertThat(accountMetrics(List.of(PartitionAccount.open(3))))
                .contains("driftless_ticks_total{partition=\"3\"} 0.0")
                .doesNotContain("clock");
    }

    @Test
    void shouldForgetPartitionsThatThisInstanceNoLongerHolds() {
        final AtomicReference<List<PartitionAccount>> held = new AtomicReference<>(List.of(ACCOUNT));
        try (Metrics metrics = Metrics.create(KnownState.with(held::get))) {
            assertThat(metrics.scrape().body()).contains("driftless_records_total{", "driftless_ready 1.0");

            held.set(List.of());

            assertThat(metrics.scrape().body())
                    .doesNotContain("driftless_records_total{", "driftless_partition_clock_seconds{")
                    .contains("jvm_memory_used_bytes{");
        }
    }

    private static String accountMetrics(final List<PartitionAccount> accounts) {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create()
                    .write(
                            text,
                            new AccountMetrics(() -> accounts, Clock.fixed(CLOCK.plusMillis(1_500), ZoneOffset.UTC))
                                    .collect());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
