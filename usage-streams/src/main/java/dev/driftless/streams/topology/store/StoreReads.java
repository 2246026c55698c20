package dev.driftless.streams.topology.store;

import static java.util.Objects.requireNonNull;

/**
 * How a store on disk was read since the process began. A look-up asks the filter of each file that may have the key.
 *
 * @param store name of the store
 * @param spared files that a filter has rightly spared a look-up
 * @param found files that a filter let pass and that had the key
 * @param missed files that a filter let pass and that did not have the key
 * @param data blocks of entries
 * @param filters blocks of filters
 * @param indexes blocks of indexes
 */
public record StoreReads(
        String store, long spared, long found, long missed, Cached data, Cached filters, Cached indexes) {
    public StoreReads {
        requireNonNull(store);
        requireNonNull(data);
        requireNonNull(filters);
        requireNonNull(indexes);
    }

    /**
     * Blocks that were in memory when they were needed, and those that had to be read from disk.
     *
     * @param hits were in memory
     * @param misses were not
     */
    public record Cached(long hits, long misses) {}
}
