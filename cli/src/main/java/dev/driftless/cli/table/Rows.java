package dev.driftless.cli.table;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows of a table.
 *
 * @param byKey the last usable row of each key, in the order of keys
 * @param unusable rows that can't be used and are not replaced by a later one
 */
public record Rows<V>(Map<String, V> byKey, List<UnusableRow> unusable) {
    public Rows {
        byKey = Collections.unmodifiableMap(new TreeMap<>(byKey));
        unusable = List.copyOf(unusable);
    }

    /** Keys whose last row can't be used, so that compaction leaves them without the usable one. */
    public Set<String> spoiled() {
        return unusable.stream()
                .filter(row -> !row.isMisplaced())
                .map(UnusableRow::key)
                .collect(Collectors.toUnmodifiableSet());
    }
}
