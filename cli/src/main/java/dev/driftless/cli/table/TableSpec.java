package dev.driftless.cli.table;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A table in a compacted topic, whose keys are UTF-8 text.
 *
 * @param name what it is called in messages, for instance {@code catalog}
 * @param topic name of the topic
 * @param type what a row is
 * @param isByPartition whether the application looks for a key only in the partition that murmur2 of the key gives
 * @param rule what a row has to be beside readable
 */
public record TableSpec<V extends SpecificRecord>(
        String name, String topic, Class<V> type, boolean isByPartition, RowRule<V> rule) {
    public TableSpec {
        requireNonNull(name);
        requireNonNull(topic);
        requireNonNull(type);
        requireNonNull(rule);
    }

    /** What a row has to be. */
    @FunctionalInterface
    public interface RowRule<V> {
        /** Why a row can't be used, as a phrase that follows the row; nothing where it can. */
        Optional<String> refusal(String key, V row);
    }
}
