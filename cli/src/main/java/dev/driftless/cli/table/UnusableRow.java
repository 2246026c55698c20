package dev.driftless.cli.table;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.file.Problem;
import dev.driftless.schemas.rules.Violation;

/**
 * The last row of a key in a partition, which the application can't use.
 *
 * @param key the row's key
 * @param partition where it is
 * @param offset where it is in the partition
 * @param isMisplaced whether it stands in a partition where the application does not look for its key
 * @param why why it can't be used, as a phrase that follows the row
 */
public record UnusableRow(String key, int partition, long offset, boolean isMisplaced, String why) {
    public UnusableRow {
        requireNonNull(key);
        requireNonNull(why);
    }

    /** The row as a problem. */
    public Problem problem() {
        return new Problem(
                Violation.shown(key), "row", "in partition " + partition + " at offset " + offset + " " + why);
    }
}
