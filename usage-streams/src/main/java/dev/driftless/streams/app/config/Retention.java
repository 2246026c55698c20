package dev.driftless.streams.app.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How long brokers keep a topic's records.
 *
 * @param duration positive; nothing for ever
 */
public record Retention(Optional<Duration> duration) {
    private static final String FOREVER = "forever";

    public Retention {
        requireNonNull(duration);
        duration.ifPresent(given -> {
            if (given.toMillis() < 1) {
                throw new IllegalArgumentException("retention " + given + " must be at least 1 ms");
            }
        });
    }

    /** Records are kept for so long. */
    static Retention of(final Duration duration) {
        return new Retention(Optional.of(duration));
    }

    static Retention parse(final String text) {
        return text.equals(FOREVER) ? new Retention(Optional.empty()) : of(Durations.parse(text));
    }

    @Override
    public String toString() {
        return duration.map(Durations::format).orElse(FOREVER);
    }
}
