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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How far the instance is: behind the brokers, in restoring its state, and whether it works at all. */
final class ProgressMetrics implements MultiCollector {
    private static final String PARTITION = "partition";
    private static final String READY = "driftless_ready";
    private static final String SCHEMA_WAITING = "driftless_schema_waiting_partitions";
    private static final String RESTARTS = "driftless_thread_restarts";
    private static final String LAG_RECORDS = "driftless_lag_records";
    private static final String LAG_SECONDS = "driftless_lag_seconds";
    private static final String RESTORE_REMAINING = "driftless_restore_remaining_records";
    private static final double MILLIS = 1_000d;

    private final InstanceState instance;
    private final Clock clock;

    /** @param clock this machine's, which should agree with the brokers' */
    ProgressMetrics(final InstanceState instance, final Clock clock) {
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of(READY, SCHEMA_WAITING, RESTARTS, LAG_RECORDS, LAG_SECONDS, RESTORE_REMAINING);
    }

    @Override
    public MetricSnapshots collect() {
        final List<Lag> lags = instance.lags();
        return MetricSnapshots.of(
                ready(),
                schemaWaiting(),
                restarts(),
                lagRecords(lags),
                lagSeconds(lags, instance.accounts()),
                restoreRemaining());
    }

    private GaugeSnapshot ready() {
        return GaugeSnapshot.builder()
                .name(READY)
                .help("1 when the instance is ready, otherwise 0.")
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(instance.isReady() ? 1 : 0)
                        .build())
                .build();
    }

    private GaugeSnapshot schemaWaiting() {
        return GaugeSnapshot.builder()
                .name(SCHEMA_WAITING)
                .help("Partitions that wait until the schema registry tells a schema.")
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(instance.waitingForSchemas())
                        .build())
                .build();
    }

    private CounterSnapshot restarts() {
        return CounterSnapshot.builder()
                .name(RESTARTS)
                .help("Restarts of stream threads after outages.")
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value((double) instance.restarts())
                        .build())
                .build();
    }

    private static GaugeSnapshot lagRecords(final List<Lag> lags) {
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(LAG_RECORDS)
                .help("Records that the brokers hold and the last commit has not.");
        lags.forEach(lag ->
                gauge.dataPoint(point(lag.partition(), (double) lag.records(), Labels.of("topic", lag.topic()))));
        return gauge.build();
    }

    /** From a record's arrival to its commit: as old as the last record read is, while more wait; 0 when none do. */
    private GaugeSnapshot lagSeconds(final List<Lag> lags, final List<PartitionAccount> accounts) {
        final Instant now = clock.instant();
        final Set<Integer> behind = lags.stream()
                .filter(lag -> lag.records() > 0)
                .map(Lag::partition)
                .collect(Collectors.toSet());
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(LAG_SECONDS)
                .help("How old the last record read is, while more are waiting; 0 when none are.");
        accounts.stream()
                .filter(account -> account.clock().isAfter(Instant.EPOCH))
                .forEach(account -> gauge.dataPoint(point(
                        account.partition(),
                        behind.contains(account.partition()) ? age(account, now) : 0,
                        Labels.EMPTY)));
        return gauge.build();
    }

    private static double age(final PartitionAccount account, final Instant now) {
        return Math.max(0, Duration.between(account.clock(), now).toMillis()) / MILLIS;
    }

    /** One number for each store, 0 for none: a series that is there only sometimes is easily overlooked. */
    private GaugeSnapshot restoreRemaining() {
        final Map<String, Long> remaining = new TreeMap<>();
        instance.restoring()
                .forEach(restoration -> remaining.merge(
                        restoration.store(), Math.max(0, restoration.total() - restoration.restored()), Long::sum));
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(RESTORE_REMAINING)
                .help("Records of changelogs that are still to be read before their partitions are processed.");
        gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("store", "all"))
                .value((double)
                        remaining.values().stream().mapToLong(Long::longValue).sum())
                .build());
        remaining.forEach((store, records) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("store", store))
                .value((double) records)
                .build()));
        return gauge.build();
    }

    private static GaugeDataPointSnapshot point(final int partition, final double value, final Labels more) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of(PARTITION, Integer.toString(partition)).merge(more))
                .value(value)
                .build();
    }
}
