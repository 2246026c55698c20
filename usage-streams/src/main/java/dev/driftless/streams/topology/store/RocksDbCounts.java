package dev.driftless.streams.topology.store;

import dev.driftless.streams.topology.store.StoreReads.Cached;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.HistogramType;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/**
 * What RocksDB counts of the look-ups in each store, over all partitions and segments of this process. Kafka Streams has
 * metrics of RocksDB's statistics at its level DEBUG only, where it measures each operator for each record as well, and
 * none of the filters. Histograms are left out, so that no clock is read for them. Safe for use by several threads.
 */
final class RocksDbCounts implements AutoCloseable {
    private static final char BEFORE_SEGMENT = '.';

    private final Map<String, Statistics> byStore = new TreeMap<>();

    /**
     * What is to count for a RocksDB instance.
     *
     * @param instance name of the store or of a segment of it, which has the store's name before a dot
     */
    synchronized Statistics of(final String instance) {
        final int end = instance.indexOf(BEFORE_SEGMENT);
        return byStore.computeIfAbsent(
                end < 0 ? instance : instance.substring(0, end),
                store -> new Statistics(EnumSet.allOf(HistogramType.class)));
    }

    /** The counts so far, by store; none after the end. */
    synchronized List<StoreReads> read() {
        return byStore.entrySet().stream()
                .map(store -> reads(store.getKey(), store.getValue()))
                .toList();
    }

    private static StoreReads reads(final String store, final Statistics counted) {
        final long right = counted.getTickerCount(TickerType.BLOOM_FILTER_FULL_TRUE_POSITIVE);
        return new StoreReads(
                store,
                counted.getTickerCount(TickerType.BLOOM_FILTER_USEFUL),
                right,
                Math.max(0, counted.getTickerCount(TickerType.BLOOM_FILTER_FULL_POSITIVE) - right),
                cached(counted, TickerType.BLOCK_CACHE_DATA_HIT, TickerType.BLOCK_CACHE_DATA_MISS),
                cached(counted, TickerType.BLOCK_CACHE_FILTER_HIT, TickerType.BLOCK_CACHE_FILTER_MISS),
                cached(counted, TickerType.BLOCK_CACHE_INDEX_HIT, TickerType.BLOCK_CACHE_INDEX_MISS));
    }

    private static Cached cached(final Statistics counted, final TickerType hits, final TickerType misses) {
        return new Cached(counted.getTickerCount(hits), counted.getTickerCount(misses));
    }

    @Override
    public synchronized void close() {
        byStore.values().forEach(Statistics::close);
        byStore.clear();
    }
}
