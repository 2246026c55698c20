package dev.driftless.cli.table;

import dev.driftless.cli.file.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What applying rows to a table would do. */
public interface TablePlan<V> {
    /** What becomes of each row that is wanted, in their order. */
    List<RowChange<V>> changes();

    /** Why it must not be done; empty where it may. */
    List<Problem> problems();

    /** What a person should look at, though it may be done. */
    List<Problem> warnings();

    /** What to do about the problems; empty where they say it. */
    default String advice() {
        return "";
    }

    /** The rows to be written, by key; empty where all is as wanted. */
    default Map<String, V> writes() {
        final Map<String, V> writes = new LinkedHashMap<>();
        changes().stream()
                .filter(change -> change.effect() != RowChange.Effect.UNCHANGED)
                .forEach(change -> writes.put(change.key(), change.row()));
        return writes;
    }
}
