package dev.driftless.streams.provisioning;

import java.util.Optional;

/** Numbers in topics' settings. */
final class Numbers {
    private Numbers() {}

    /** The number; nothing if the text is none. */
    static Optional<Long> parse(final String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (final NumberFormatException e) {
            return Optional.empty();
        }
    }
}
