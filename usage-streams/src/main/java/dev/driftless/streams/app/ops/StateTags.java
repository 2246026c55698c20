package dev.driftless.streams.app.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;

/**
 * Gives the metrics of all state stores the same tags. Kafka Streams names a store in a tag whose own name depends on the
 * kind of store, as in {@code rocksdb-window-state-id}, and Prometheus takes metrics of one name only if they have the
 * same tags: those of the second kind would be missing. As many tags stay as there were: where a metric has more than it
 * was given, Micrometer takes all further ones of its name for poorer copies of it, and leaves them out.
 */
final class StateTags implements MeterFilter {
    private static final String STORE = "state.id";
    private static final String SUFFIX = "." + STORE;

    @Override
    public Meter.Id map(final Meter.Id id) {
        final List<Tag> tags = id.getTags();
        return tags.stream().noneMatch(StateTags::namesStore)
                ? id
                : id.replaceTags(tags.stream().map(StateTags::uniform).toList());
    }

    private static boolean namesStore(final Tag tag) {
        return tag.getKey().endsWith(SUFFIX);
    }

    private static Tag uniform(final Tag tag) {
        return namesStore(tag) ? Tag.of(STORE, tag.getValue()) : tag;
    }
}
