package dev.driftless.streams.topology.store;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

/**
 * Options of every RocksDB instance.
 *
 * <ul>
 *   <li>All share the {@link RocksDbMemory}; index and filter blocks live in it too, so that it is a bound.
 *   <li>Filters are kept for the last level. Kafka Streams leaves them out, which is right for stores that mostly find
 *       what they look for; the dedup store mostly does not, and each miss would read a block of the last level.
 * </ul>
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    @Override
    public void setConfig(final String storeName, final Options options, final Map<String, Object> configs) {
        final RocksDbMemory memory = RocksDbMemory.of(configs);
        final BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setOptimizeFiltersForHits(false);
        options.setStatistics(memory.counts().of(storeName));
    }

    @Override
    public void close(final String storeName, final Options options) {
        // What is set here is shared, and closed with RocksDbMemory.
    }
}
