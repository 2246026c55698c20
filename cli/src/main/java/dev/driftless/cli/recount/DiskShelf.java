package dev.driftless.cli.recount;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A shelf in a directory. What was put becomes visible, and survives the process, with {@link #commit()}: all of it or
 * nothing. Takes about 150 MB of memory, however much it holds.
 */
final class DiskShelf implements Shelf, AutoCloseable {
    private static final long CACHE_BYTES = 64L * 1024 * 1024;
    private static final int BLOOM_BITS = 10;

    private final LRUCache cache;
    private final BloomFilter bloom;
    private final Options options;
    private final WriteOptions writing;
    private final WriteBatch batch;
    private final RocksDB store;

    DiskShelf(final Path directory) {
        RocksDB.loadLibrary();
        this.writing = new WriteOptions();
        this.batch = new WriteBatch();
        this.cache = new LRUCache(CACHE_BYTES);
        this.bloom = new BloomFilter(BLOOM_BITS);
        this.options = new Options()
                .setCreateIfMissing(true)
                .setMaxOpenFiles(256)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setFilterPolicy(bloom)
                        .setCacheIndexAndFilterBlocks(true));
        this.store = open(options, directory);
    }

    private static RocksDB open(final Options options, final Path directory) {
        try {
            return RocksDB.open(options, directory.toString());
        } catch (final RocksDBException failure) {
            throw new RecountException(
                    "the work directory " + directory + " cannot be used: " + failure.getMessage(), failure);
        }
    }

    @Override
    public Optional<byte[]> get(final byte[] key) {
        try {
            return Optional.ofNullable(store.get(key));
        } catch (final RocksDBException failure) {
            throw broken(failure);
        }
    }

    @Override
    public void put(final byte[] key, final byte[] value) {
        try {
            batch.put(key, value);
        } catch (final RocksDBException failure) {
            throw broken(failure);
        }
    }

    @Override
    public void remove(final byte[] key) {
        try {
            batch.delete(key);
        } catch (final RocksDBException failure) {
            throw broken(failure);
        }
    }

    /** Makes all that was put and removed since the last commit visible and lasting, at once. */
    void commit() {
        try {
            store.write(writing, batch);
            batch.clear();
        } catch (final RocksDBException failure) {
            throw broken(failure);
        }
    }

    @Override
    public void forEach(final byte prefix, final BiConsumer<byte[], byte[]> visitor) {
        try (RocksIterator found = store.newIterator()) {
            for (found.seek(new byte[] {prefix}); found.isValid() && found.key()[0] == prefix; found.next()) {
                final byte[] key = found.key();
                visitor.accept(Arrays.copyOfRange(key, 1, key.length), found.value());
            }
            found.status();
        } catch (final RocksDBException failure) {
            throw broken(failure);
        }
    }

    private static RecountException broken(final RocksDBException failure) {
        return new RecountException("the work directory cannot be read or written: " + failure.getMessage(), failure);
    }

    @Override
    public void close() {
        batch.close();
        store.close();
        writing.close();
        options.close();
        bloom.close();
        cache.close();
    }
}
