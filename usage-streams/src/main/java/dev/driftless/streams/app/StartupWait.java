package dev.driftless.streams.app;

import dev.driftless.streams.app.config.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries until what is needed is there, the time is over, or the application is to stop. */
final class StartupWait {
    private static final Logger LOG = LoggerFactory.getLogger(StartupWait.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(10);

    private final Duration patience;
    private final StopSignal stop;
    private final long start = System.nanoTime();

    /** The time begins to run now, for all that is waited for together. */
    StartupWait(final Duration patience, final StopSignal stop) {
        this.patience = patience;
        this.stop = stop;
    }

    /**
     * The result of the first attempt that is not met by an outage; nothing if the application is to stop.
     *
     * @param what is waited for, for people
     * @throws StartFailure if the time is over, or if an attempt fails otherwise
     */
    <T> Optional<T> until(final String what, final Callable<T> attempt) {
        long nextMessage = System.nanoTime();
        while (!stop.isGiven()) {
            try {
                return Optional.of(attempt.call());
            } catch (final Exception e) {
                final long now = System.nanoTime();
                giveUpOn(what, e, Duration.ofNanos(now - start));
                if (now - nextMessage >= 0) {
                    nextMessage = now + BETWEEN_MESSAGES.toNanos();
                    LOG.info("waiting for {}: {}", what, reasonOf(e));
                }
            }
            stop.await(PAUSE);
        }
        return Optional.empty();
    }

    private void giveUpOn(final String what, final Exception failure, final Duration waited) {
        if (!Outages.isOutageAtStart(failure)) {
            throw new StartFailure(ExitCode.UNAVAILABLE, what + ": " + reasonOf(failure), failure);
        }
        if (waited.compareTo(patience) >= 0) {
            throw new StartFailure(
                    ExitCode.UNAVAILABLE,
                    "waited " + Durations.format(Duration.ofSeconds(waited.toSeconds())) + " (startup-timeout "
                            + Durations.format(patience) + ") for " + what + ": " + reasonOf(failure),
                    failure);
        }
    }

    private static String reasonOf(final Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        final String message = String.valueOf(innermost.getMessage());
        return innermost.getClass().getSimpleName() + ": " + message;
    }
}
