package dev.driftless.streams.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How often threads may be restarted, and after what pause: 1 s, then twice as long each time, up to 30 s. Restarts are
 * forgotten after the window. Safe for use by several threads.
 */
final class RestartBudget {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 10;

    private final int threads;
    private final long limit;
    private final Duration window;
    private final Clock clock;
    private final Deque<Instant> restarts = new ArrayDeque<>();

    /**
     * A budget.
     *
     * @param limit most restarts of one thread within the window
     * @param window the time within which restarts are counted
     * @param threads how many threads share the budget; an outage meets all of them
     */
    RestartBudget(final int limit, final Duration window, final int threads, final Clock clock) {
        this.threads = threads;
        this.limit = (long) limit * threads;
        this.window = window;
        this.clock = clock;
    }

    /** The pause before the restart, which is then taken from the budget; nothing if there is none left. */
    synchronized Optional<Duration> take() {
        final Instant now = clock.instant();
        while (!restarts.isEmpty() && restarts.peekFirst().isBefore(now.minus(window))) {
            restarts.removeFirst();
        }
        if (restarts.size() >= limit) {
            return Optional.empty();
        }
        final Duration pause = pauseAfter(restarts.size() / threads);
        restarts.addLast(now);
        return Optional.of(pause);
    }

    private static Duration pauseAfter(final int restarts) {
        final Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(restarts, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
