package dev.driftless.gateway;

import dev.driftless.client.UsageClientStartException;
import dev.driftless.client.UsageClientStartException.Reason;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits at the start for what others have yet to start, in whatever order containers come up. */
final class StartupWait {
    private static final Logger LOG = LoggerFactory.getLogger(StartupWait.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private StartupWait() {}

    /** What the attempt gives, once it succeeds; its failure when the time is over, or at once if waiting is of no use. */
    static <T> T until(final Duration time, final Supplier<T> attempt) {
        final long deadline = System.nanoTime() + time.toNanos();
        while (true) {
            try {
                return attempt.get();
            } catch (final UsageClientStartException e) {
                if (e.reason() == Reason.SETTINGS_REFUSED || System.nanoTime() - deadline > 0 || !pause()) {
                    throw e;
                }
                LOG.info("waiting: {}", e.getMessage());
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
            return true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
