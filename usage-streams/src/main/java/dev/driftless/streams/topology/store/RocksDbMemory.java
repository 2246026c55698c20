package dev.driftless.streams.topology.store;

import java.util.List;
import java.util.Map;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all RocksDB instances of an application share: one block cache, into which write buffers are charged.
 * There is an instance for each store, partition and segment, and with RocksDB's defaults each would take memory of its
 * own outside of the heap.
 *
 * <p>Given to the application's configuration under {@link #CONFIG}, where {@link BoundedRocksDb} finds it. To be closed
 * after the application.
 */
public final class RocksDbMemory implements AutoCloseable {
    /** Key of the configuration under which the stores find their memory. */
    public static final String CONFIG = "driftless.rocksdb.memory";

    /** At most this share of the memory is for writes. */
    private static final double WRITE_SHARE = 1 / 3d;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final RocksDbCounts counts = new RocksDbCounts();

    /**
     * Memory for all stores.
     *
     * @param bytes what blocks, filters, indexes and write buffers may take together
     */
    public RocksDbMemory(final long bytes) {
        this.cache = new LRUCache(bytes);
        this.writeBuffers = new WriteBufferManager((long) (bytes * WRITE_SHARE), cache);
    }

    static RocksDbMemory of(final Map<String, Object> configuration) {
        if (configuration.get(CONFIG) instanceof RocksDbMemory memory) {
            return memory;
        }
        throw new IllegalArgumentException(CONFIG + " must be a " + RocksDbMemory.class.getSimpleName());
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    RocksDbCounts counts() {
        return counts;
    }

    /** How each store was read so far; nothing after the end. */
    public List<StoreReads> reads() {
        return counts.read();
    }

    @Override
    public void close() {
        counts.close();
        writeBuffers.close();
        cache.close();
    }
}
