package dev.driftless.streams.app.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final PartitionAccount SECOND = PartitionAccount.open(1)
            .plusCounted()
            .plusCounted()
            .plusDuplicate()
            .plusRejected(RejectionReason.INVALID)
            .plusRejected(RejectionReason.UNDECODABLE)
            .plusRerouted()
            .plusTick()
            .withRead(6);
    private static final PartitionAccount FIRST = PartitionAccount.open(0)
            .plusCounted()
            .plusRejected(RejectionReason.INVALID)
            .withRead(2);

    @Test
    void shouldShowEachPartitionAndTheSumAsJson() {
        assertThat(Json.of(AccountReport.of(List.of(SECOND, FIRST))))
                .isEqualTo("{\"partitions\":["
                        + "{\"partition\":0,\"read\":2,\"counted\":1,\"duplicates\":0,\"rejected\":{\"INVALID\":1},"
                        + "\"rerouted\":0,\"ticks\":0,\"clock\":\"1970-01-01T00:00:00Z\"},"
                        + "{\"partition\":1,\"read\":6,\"counted\":2,\"duplicates\":1,"
                        + "\"rejected\":{\"UNDECODABLE\":1,\"INVALID\":1},\"rerouted\":1,\"ticks\":1,"
                        + "\"clock\":\"1970-01-01T00:00:00Z\"}],"
                        + "\"totals\":{\"read\":8,\"counted\":3,\"duplicates\":1,"
                        + "\"rejected\":{\"UNDECODABLE\":1,\"INVALID\":2},\"rerouted\":1,\"ticks\":1},"
                        + "\"balanced\":true}\n");
    }

    @Test
    void shouldNotCallBalancedWhatLacksAnOutcomeInOnePartitionAndHasOneTooManyInAnother() {
        assertThat(AccountReport.of(List.of(FIRST.withRead(3), SECOND.withRead(5))))
                .satisfies(report -> assertThat(report.totals().read()).isEqualTo(8))
                .satisfies(report -> assertThat(report.balanced()).isFalse());
    }

    @Test
    void shouldShowNothingReadAsBalanced() {
        assertThat(Json.of(AccountReport.of(List.of())))
                .isEqualTo("{\"partitions\":[],\"totals\":{\"read\":0,\"counted\":0,\"duplicates\":0,\"rejected\":{},"
                        + "\"rerouted\":0,\"ticks\":0},\"balanced\":true}\n");
    }

    @Test
    void shouldShowEachOutcomeAndReasonAsAMetric() {
        final PartitionAccount timed = SECOND.at(Instant.ofEpochMilli(1_500), SECOND.readTo());
        try (Metrics metrics = Metrics.create(KnownState.with(() -> List.of(timed)))) {
            assertThat(metrics.scrape().body())
                    .contains(
                            "driftless_records_total{outcome=\"COUNTED\",partition=\"1\",reason=\"\"} 2.0",
                            "driftless_records_total{outcome=\"DUPLICATE\",partition=\"1\",reason=\"\"} 1.0",
                            "driftless_records_total{outcome=\"REJECTED\",partition=\"1\",reason=\"INVALID\"} 1.0",
                            "driftless_records_total{outcome=\"REROUTED\",partition=\"1\",reason=\"\"} 1.0",
                            "driftless_ticks_total{partition=\"1\"} 1.0",
                            "driftless_partition_clock_seconds{partition=\"1\"} 1.5",
                            "driftless_ready 1.0",
                            "driftless_thread_restarts_total 3.0");
        }
    }
}
