package dev.driftless.cli.table;

import static java.util.Objects.requireNonNull;

/**
 * What becomes of one row.
 *
 * @param effect what becomes of it
 * @param key its key
 * @param revision its revision, once the plan is carried out
 * @param row the row as it is or is to be published
 */
public record RowChange<V>(Effect effect, String key, long revision, V row) {
    /** What becomes of a row. */
    public enum Effect {
        CREATED,
        CHANGED,
        UNCHANGED
    }

    public RowChange {
        requireNonNull(effect);
        requireNonNull(key);
        requireNonNull(row);
    }
}
