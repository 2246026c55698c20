package dev.driftless.streams.app;

import dev.driftless.streams.app.config.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails: after an outage it is replaced, with a growing pause and a limit, and without a
 * limit where it is the registry that is away; otherwise the application ends. Either way the transaction is aborted, so that nothing is resumed past. Called by the failing threads,
 * which pause in here.
 */
final class RestartPolicy implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RestartPolicy.class);
    /** The registry is waited for without a limit: what needs it can't be processed, and what does not, waits for nobody. */
    private static final Duration REGISTRY_PAUSE = Duration.ofSeconds(5);

    private static final String GLOBAL_THREAD = "GlobalStreamThread";

    private final RestartBudget budget;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicInteger pausing = new AtomicInteger();
    private final AtomicLong restarts = new AtomicLong();

    RestartPolicy(final RestartBudget budget) {
        this.budget = budget;
    }

    @Override
    public StreamThreadExceptionResponse handle(final Throwable failure) {
        if (!Outages.isOutage(failure) || isGlobalThread()) {
            LOG.error("the application ends, since a restart would not help", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        final Optional<Duration> pause = Outages.isOfTheRegistry(failure) ? Optional.of(REGISTRY_PAUSE) : budget.take();
        if (pause.isEmpty()) {
            LOG.error("the application ends, since the outage goes on after all restarts allowed", failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        task(failure)
                .map(task -> LOG.atWarn().addKeyValue("partition", task.partition()))
                .orElseGet(LOG::atWarn)
                .setCause(failure)
                .log("an outage; the thread restarts in {}", Durations.format(pause.get()));
        pause(pause.get());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** The task whose record was being processed, where that is known. */
    private static Optional<TaskId> task(final Throwable failure) {
        return failure instanceof StreamsException known ? known.taskId() : Optional.empty();
    }

    /** Kafka Streams cannot replace the thread that reads the catalog. */
    private static boolean isGlobalThread() {
        return Thread.currentThread().getName().endsWith(GLOBAL_THREAD);
    }

    private void pause(final Duration pause) {
        pausing.incrementAndGet();
        try {
            if (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                restarts.incrementAndGet();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pausing.decrementAndGet();
        }
    }

    /** Ends all pauses. */
    void stop() {
        stopping.countDown();
    }

    /** Threads that wait for their restart. */
    int pausing() {
        return pausing.get();
    }

    /** Restarts so far. */
    long restarts() {
        return restarts.get();
    }
}
