package dev.driftless.streams.app.ops;

/**
 * One store's partition that is being restored.
 *
 * @param store name of the store
 * @param partition its partition
 * @param restored records so far
 * @param total records in all
 */
public record Restoration(String store, int partition, long restored, long total) {
    /** More of it has been restored. */
    public Restoration plus(final long more) {
        return new Restoration(store, partition, restored + more, total);
    }
}
