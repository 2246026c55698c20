package dev.driftless.streams.app.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives the metrics of all state stores the same tags. Kafka Streams names a store in a tag whose own name depends on the
 * kind of store, as in {@code rocksdb-window-state-id}, and Prometheus takes metrics of one name only if they have the
 * same tags: those of the second kind would be missing.
 */
final class StateTags implements MeterFilter {
    private static final String STORE = "state.id";
    private static final String KIND = "state.kind";
    private static final String SUFFIX = "." + STORE;

    @Override
    public Meter.Id map(final Meter.Id id) {
        final List<Tag> tags = id.getTags();
        return tags.stream().noneMatch(StateTags::namesStore)
                ? id
                : id.replaceTags(tags.stream().flatMap(StateTags::uniform).toList());
    }

    private static boolean namesStore(final Tag tag) {
        return tag.getKey().endsWith(SUFFIX);
    }

    private static Stream<Tag> uniform(final Tag tag) {
        return namesStore(tag)
                ? Stream.of(
                        Tag.of(STORE, tag.getValue()),
                        Tag.of(KIND, tag.getKey().substring(0, tag.getKey().length() - SUFFIX.length())))
                : Stream.of(tag);
    }
}
