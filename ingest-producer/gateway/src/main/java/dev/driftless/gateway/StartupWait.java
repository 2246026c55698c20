package dev.driftless.gateway;

import dev.driftless.client.UsageClientStartException;
import dev.driftless.client.UsageClientStartException.Reason;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the start for what others have yet to start, in whatever order containers come up. */
final class StartupWait {
    private static final Logger LOG = LoggerFactory.getLogger(StartupWait.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Duration time;
    private final long deadline;

    /** A wait that begins now. */
    StartupWait(final Duration time) {
        this.time = time;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    /**
     * What the attempt gives, once it succeeds; the pauses between attempts double.
     *
     * @throws UsageClientStartException at once if waiting is of no use
     * @throws NotAvailableException when the time is over; the message says for how long and for what it was waited
     */
    <T> T until(final Supplier<T> attempt) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return attempt.get();
            } catch (final UsageClientStartException e) {
                if (e.reason() == Reason.SETTINGS_REFUSED) {
                    throw e;
                }
                pause(pause, e);
            } catch (final KafkaException e) {
                pause(pause, e);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void pause(final Duration pause, final RuntimeException failure) {
        final long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new NotAvailableException(
                    "not started within startup-timeout '" + time + "': " + failure.getMessage(), failure);
        }
        LOG.info("waiting: {}", failure.getMessage());
        try {
            Thread.sleep(Math.min(pause.toMillis(), Duration.ofNanos(left).toMillis() + 1));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAvailableException("interrupted while waiting: " + failure.getMessage(), failure);
        }
    }
}
