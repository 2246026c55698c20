package dev.driftless.streams.app.ops;

import dev.driftless.streams.domain.PartitionAccount;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The account as metrics, read when they are asked for. A partition's counters go on where the instance that held it
 * before left them, also after a crash; they go back, by less than a commit interval, where a transaction was aborted.
 *
 * <p>Sum over instances, per partition the maximum: while partitions move, two may show one for a moment.
 */
final class AccountMetrics implements MultiCollector {
    private static final double MILLIS = 1_000d;
    private static final String PARTITION = "partition";

    private static final String RECORDS = "driftless_records";
    private static final String TICKS = "driftless_ticks";
    private static final String CLOCK = "driftless_partition_clock_seconds";
    private static final String CLOCK_LAG = "driftless_partition_clock_lag_seconds";
    private static final String IMBALANCE = "driftless_account_imbalance";

    private final Supplier<List<PartitionAccount>> accounts;
    private final Clock clock;

    /** Metrics of the accounts, by the system's clock. */
    AccountMetrics(final Supplier<List<PartitionAccount>> accounts) {
        this(accounts, Clock.systemUTC());
    }

    /**
     * Metrics of the accounts.
     *
     * @param accounts of the partitions that this instance holds; none while that cannot be told
     * @param clock this machine's
     */
    AccountMetrics(final Supplier<List<PartitionAccount>> accounts, final Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        final List<PartitionAccount> read = accounts.get();
        return MetricSnapshots.of(
                records(read), ticks(read), clocks(read), lags(read, clock.instant()), imbalances(read));
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of(RECORDS, TICKS, CLOCK, CLOCK_LAG, IMBALANCE);
    }

    private static CounterSnapshot records(final List<PartitionAccount> accounts) {
        final CounterSnapshot.Builder records = CounterSnapshot.builder()
                .name(RECORDS)
                .help("Records of usage-events by what became of them; each read is exactly one.");
        accounts.forEach(account -> {
            records.dataPoint(point(account, "COUNTED", "", account.counted()));
            records.dataPoint(point(account, "DUPLICATE", "", account.duplicates()));
            records.dataPoint(point(account, "REROUTED", "", account.rerouted()));
            account.rejected()
                    .forEach((reason, count) -> records.dataPoint(point(account, "REJECTED", reason.name(), count)));
        });
        return records.build();
    }

    private static CounterDataPointSnapshot point(
            final PartitionAccount account, final String outcome, final String reason, final long count) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("outcome", outcome, PARTITION, partitionOf(account), "reason", reason))
                .value((double) count)
                .build();
    }

    private static CounterSnapshot ticks(final List<PartitionAccount> accounts) {
        final CounterSnapshot.Builder ticks = CounterSnapshot.builder()
                .name(TICKS)
                .help("Records by which the application tells an idle partition the time; not usage.");
        accounts.forEach(account -> ticks.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of(PARTITION, partitionOf(account)))
                .value((double) account.ticks())
                .build()));
        return ticks.build();
    }

    private static GaugeSnapshot clocks(final List<PartitionAccount> accounts) {
        return gauge(
                CLOCK,
                "The partition's time: the latest broker time read, in seconds since 1970.",
                accounts,
                account -> account.clock().toEpochMilli() / MILLIS);
    }

    /** Grows while a partition is idle as well as while it is behind; an idle one with nothing left to emit has no ticks. */
    private static GaugeSnapshot lags(final List<PartitionAccount> accounts, final Instant now) {
        return gauge(
                CLOCK_LAG,
                "How far the partition's time lies behind this machine's; grows while nothing arrives, too.",
                accounts,
                account -> Duration.between(account.clock(), now).toMillis() / MILLIS);
    }

    private static GaugeSnapshot imbalances(final List<PartitionAccount> accounts) {
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(IMBALANCE)
                .help("Records read without an outcome (above 0), or outcomes without a record (below 0); must be 0.");
        accounts.forEach(account -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(PARTITION, partitionOf(account)))
                .value((double) (account.read() - account.settled()))
                .build()));
        return gauge.build();
    }

    private static GaugeSnapshot gauge(
            final String name,
            final String help,
            final List<PartitionAccount> accounts,
            final ToDoubleFunction<PartitionAccount> value) {
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        accounts.stream()
                .filter(account -> account.clock().isAfter(Instant.EPOCH))
                .forEach(account -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of(PARTITION, partitionOf(account)))
                        .value(value.applyAsDouble(account))
                        .build()));
        return gauge.build();
    }

    private static String partitionOf(final PartitionAccount account) {
        return Integer.toString(account.partition());
    }
}
