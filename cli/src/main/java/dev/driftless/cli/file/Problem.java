package dev.driftless.cli.file;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong with one entry of a file, or with publishing it.
 *
 * @param subject what it is about: a feature code, a customer id, or for an entry without one its place in the file
 * @param field the field, as it is named in the file
 * @param message what is wrong and what is allowed, as a phrase that follows the field
 */
public record Problem(String subject, String field, String message) {
    public Problem {
        requireNonNull(subject);
        requireNonNull(field);
        requireNonNull(message);
    }

    @Override
    public String toString() {
        return subject + ": " + field + " " + message;
    }
}
