package dev.driftless.cli.catalog;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong with a catalog file.
 *
 * @param feature the code, or where it has none its place in the file
 * @param field the field, as it is named in the file
 * @param message what is wrong and what is allowed
 */
public record Problem(String feature, String field, String message) {
    public Problem {
        requireNonNull(feature);
        requireNonNull(field);
        requireNonNull(message);
    }

    @Override
    public String toString() {
        return feature + ": " + field + " " + message;
    }
}
