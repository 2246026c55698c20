package dev.driftless.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What {@code track} does when as many events are on their way as may be. */
public sealed interface WhenFull {

    /** Waits at most this long for an event to be settled, then fails with {@link BufferFullException}. */
    static WhenFull block(final Duration deadline) {
        return new Block(deadline);
    }

    /** Fails at once with {@link BufferFullException}; for threads that must not wait. */
    static WhenFull fail() {
        return new Fail();
    }

    /** How long to wait at most. */
    Duration patience();

    /**
     * See {@link WhenFull#block}.
     *
     * @param patience how long to wait at most, from 1 ms to a day
     */
    record Block(Duration patience) implements WhenFull {
        public Block {
            requireNonNull(patience);
            Checks.duration("when full: block deadline", patience);
        }
    }

    /** See {@link WhenFull#fail}. */
    record Fail() implements WhenFull {
        @Override
        public Duration patience() {
            return Duration.ZERO;
        }
    }
}
