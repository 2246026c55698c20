package dev.driftless.streams.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells when a silent partition needs a tick. It uses the clock of this machine, but only to guess: whether the time that
 * something waits for has come is decided by the broker's stamp on the tick. A guess too early costs one more tick, after
 * {@link #PATIENCE}.
 */
final class IdleWatch {
    /** How long a tick may be under way before another is written. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration delay;
    private Instant brokerTime;
    private long systemTimeThen;
    private Optional<Long> tickSentAt = Optional.empty();

    /**
     * Starts to watch.
     *
     * @param delay how long a partition must be silent
     * @param brokerTime the partition's time
     * @param systemTime this machine's time, in milliseconds
     */
    IdleWatch(final Duration delay, final Instant brokerTime, final long systemTime) {
        this.delay = delay;
        this.brokerTime = brokerTime;
        this.systemTimeThen = systemTime;
    }

    /** The partition's time has moved, by a tick or by usage. */
    void timeMoved(final Instant newBrokerTime, final long systemTime) {
        brokerTime = newBrokerTime;
        systemTimeThen = systemTime;
        tickSentAt = Optional.empty();
    }

    /** Whether to write a tick now so that the partition's time reaches an instant; if so, the broker time to expect. */
    Optional<Instant> tickFor(final Instant due, final long systemTime) {
        final long silence = systemTime - systemTimeThen;
        final Instant expected = brokerTime.plusMillis(Math.max(0, silence));
        if (silence < delay.toMillis() || expected.isBefore(due) || isUnderWay(systemTime)) {
            return Optional.empty();
        }
        tickSentAt = Optional.of(systemTime);
        return Optional.of(expected);
    }

    private boolean isUnderWay(final long systemTime) {
        return tickSentAt
                .map(sent -> systemTime >= sent && systemTime - sent < PATIENCE.toMillis())
                .orElse(false);
    }
}
