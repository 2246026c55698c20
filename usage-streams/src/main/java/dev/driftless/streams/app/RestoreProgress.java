package dev.driftless.streams.app;

import dev.driftless.streams.app.ops.Restoration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the restoration of state has come. Safe for use by several threads. */
final class RestoreProgress implements StateRestoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);
    /** Below this many records it is over before one has read that it began. */
    private static final long WORTH_A_MESSAGE = 10_000;

    private final Map<TopicPartition, Restoration> running = new ConcurrentHashMap<>();

    @Override
    public void onRestoreStart(
            final TopicPartition changelog, final String store, final long startingOffset, final long endingOffset) {
        final long total = endingOffset - startingOffset;
        running.put(changelog, new Restoration(store, changelog.partition(), 0, total));
        if (total >= WORTH_A_MESSAGE) {
            LOG.info("restoring store {}, partition {}: {} records", store, changelog.partition(), total);
        }
    }

    @Override
    public void onBatchRestored(
            final TopicPartition changelog, final String store, final long batchEndOffset, final long numRestored) {
        running.computeIfPresent(changelog, (key, restoration) -> restoration.plus(numRestored));
    }

    @Override
    public void onRestoreEnd(final TopicPartition changelog, final String store, final long totalRestored) {
        running.remove(changelog);
        if (totalRestored >= WORTH_A_MESSAGE) {
            LOG.info("restored store {}, partition {}: {} records", store, changelog.partition(), totalRestored);
        }
    }

    @Override
    public void onRestoreSuspended(final TopicPartition changelog, final String store, final long totalRestored) {
        running.remove(changelog);
    }

    /** What is being restored. */
    List<Restoration> running() {
        return running.values().stream()
                .sorted(Comparator.comparing(Restoration::store).thenComparing(Restoration::partition))
                .toList();
    }
}
