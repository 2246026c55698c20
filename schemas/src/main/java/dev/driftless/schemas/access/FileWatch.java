package dev.driftless.schemas.access;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files now and then, and does something when their content has changed: keys and certificates are renewed
 * without a restart. Content is compared, not times of change: mounted secrets are links to links. What fails is logged
 * as an error and tried again with the next change; what was in force stays in force.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final List<Path> files;
    private final Runnable action;
    private final ScheduledExecutorService scheduler;
    private List<byte[]> seen;

    private FileWatch(final List<Path> files, final Runnable action) {
        this.files = List.copyOf(files);
        this.action = requireNonNull(action);
        this.seen = List.of();
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread thread = new Thread(task, "file-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts to look.
     *
     * @param files that were read just now
     * @param every how often to look again
     * @param action what to do when one has changed, on a thread of its own
     */
    public static FileWatch start(final List<Path> files, final Duration every, final Runnable action) {
        final FileWatch watch = new FileWatch(files, action);
        watch.remember();
        final ScheduledFuture<?> unused = watch.scheduler.scheduleWithFixedDelay(
                watch::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private void remember() {
        try {
            seen = contents();
        } catch (final IOException e) {
            LOG.warn("{} cannot be read; it is looked at again: {}", files, e.toString());
        }
    }

    // A scheduled task that throws is never run again.
    private void look() {
        try {
            final List<byte[]> now = contents();
            if (!isSame(now)) {
                seen = now;
                action.run();
                LOG.info("{} has changed and is in force", files);
            }
        } catch (final IOException | RuntimeException e) {
            LOG.error("{} has changed and cannot be used; what was in force stays: {}", files, e.getMessage());
        }
    }

    private boolean isSame(final List<byte[]> now) {
        return seen.size() == now.size()
                && IntStream.range(0, now.size()).allMatch(index -> Arrays.equals(seen.get(index), now.get(index)));
    }

    private List<byte[]> contents() throws IOException {
        final List<byte[]> contents = new ArrayList<>(files.size());
        for (final Path file : files) {
            contents.add(Files.readAllBytes(file));
        }
        return contents;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
