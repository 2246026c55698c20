package dev.driftless.streams.app.ops;

import dev.driftless.streams.topology.store.PeriodCounts;
import dev.driftless.streams.topology.store.StoreReads;
import dev.driftless.streams.topology.store.StoreReads.Cached;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/** What is in the stores, and how well they spare reads from disk. */
final class StoreMetrics implements MultiCollector {
    private static final String FILTER = "driftless_store_filter";
    private static final String CACHE = "driftless_store_cache";
    private static final String AGGREGATES = "driftless_aggregates";

    private final InstanceState instance;

    StoreMetrics(final InstanceState instance) {
        this.instance = instance;
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of(FILTER, CACHE, AGGREGATES);
    }

    @Override
    public MetricSnapshots collect() {
        final List<StoreReads> reads = instance.storeReads();
        return MetricSnapshots.of(filters(reads), caches(reads), aggregates(instance.periods()));
    }

    private static CounterSnapshot filters(final List<StoreReads> reads) {
        final CounterSnapshot.Builder filters = CounterSnapshot.builder()
                .name(FILTER)
                .help(
                        "Files that look-ups asked for a key by their filter: spared, or read and the key found or missed.");
        reads.forEach(store -> filters.dataPoint(filter(store, "spared", store.spared()))
                .dataPoint(filter(store, "found", store.found()))
                .dataPoint(filter(store, "missed", store.missed())));
        return filters.build();
    }

    private static CounterDataPointSnapshot filter(final StoreReads store, final String result, final long count) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("store", store.store(), "result", result))
                .value((double) count)
                .build();
    }

    private static CounterSnapshot caches(final List<StoreReads> reads) {
        final CounterSnapshot.Builder caches = CounterSnapshot.builder()
                .name(CACHE)
                .help("Blocks of stores on disk that were needed, by whether they were in memory.");
        reads.forEach(store -> {
            caches(caches, store.store(), "data", store.data());
            caches(caches, store.store(), "filter", store.filters());
            caches(caches, store.store(), "index", store.indexes());
        });
        return caches.build();
    }

    private static void caches(
            final CounterSnapshot.Builder caches, final String store, final String block, final Cached cached) {
        caches.dataPoint(cache(store, block, "hit", cached.hits()))
                .dataPoint(cache(store, block, "miss", cached.misses()));
    }

    private static CounterDataPointSnapshot cache(
            final String store, final String block, final String result, final long count) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("store", store, "block", block, "result", result))
                .value((double) count)
                .build();
    }

    private static GaugeSnapshot aggregates(final List<PeriodCounts> periods) {
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name(AGGREGATES)
                .help("Aggregates by whether their period is open, over and about to be closed, or closed and still"
                        + " amendable; of a partition the first 20000 are counted.");
        periods.forEach(partition -> gauge.dataPoint(aggregates(partition, "open", partition.open()))
                .dataPoint(aggregates(partition, "closing", partition.closing()))
                .dataPoint(aggregates(partition, "closed", partition.closed())));
        return gauge.build();
    }

    private static GaugeDataPointSnapshot aggregates(
            final PeriodCounts periods, final String period, final long count) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("partition", Integer.toString(periods.partition()), "period", period))
                .value((double) count)
                .build();
    }
}
