package dev.driftless.cli.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A running child process. Instances may be used by several threads. */
final class ChildProcess implements AutoCloseable {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);
    private static final Duration FORCED_END = Duration.ofSeconds(5);
    private static final int SHOWN_LINES = 15;

    private final ChildSpec spec;
    private final Process process;
    private final long logStart;
    private volatile boolean isToEnd;

    private ChildProcess(final ChildSpec spec, final Process process, final long logStart) {
        this.spec = requireNonNull(spec);
        this.process = requireNonNull(process);
        this.logStart = logStart;
    }

    /** @throws StackException if the process cannot be started */
    static ChildProcess start(final ChildSpec spec) {
        try {
            Files.createDirectories(spec.directory());
            Files.createDirectories(spec.log().getParent());
            final long logStart = Files.exists(spec.log()) ? Files.size(spec.log()) : 0;
            return new ChildProcess(spec, spec.toProcessBuilder().start(), logStart);
        } catch (final IOException failure) {
            throw new StackException("cannot start the " + spec.name() + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Waits until the process answers.
     *
     * @param answers whether it does
     * @param patience how long to wait
     * @throws StackException with the end of its log if it stops, or does not answer in time
     */
    void awaitAnswer(final BooleanSupplier answers, final Duration patience) {
        final long deadline = System.nanoTime() + patience.toNanos();
        while (!answers.getAsBoolean()) {
            if (hasEndedWithin(PROBE_INTERVAL)) {
                throw failure("stopped before it answered, with exit code " + process.exitValue());
            }
            if (System.nanoTime() - deadline > 0) {
                throw failure("has not answered for " + patience.toSeconds() + " seconds");
            }
        }
    }

    private StackException failure(final String what) {
        return new StackException("the " + spec.name() + " " + what + "; " + logTail());
    }

    /** The end of what it has logged since it was started, with the file's path. */
    String logTail() {
        final Path log = spec.log();
        try {
            final byte[] bytes = Files.readAllBytes(log);
            final int start = (int) Math.min(logStart, bytes.length);
            final List<String> lines = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            final List<String> shown = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
            return "its log " + log + " ends with:\n  " + String.join("\n  ", shown);
        } catch (final IOException unreadable) {
            return "its log " + log + " cannot be read: " + unreadable.getMessage();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has ended though nobody asked for it. */
    boolean hasFailed() {
        return !isToEnd && !process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String name() {
        return spec.name();
    }

    /** Asks the process to end, waits as long as it may take, then ends it by force. Safe to repeat. */
    @Override
    public void close() {
        isToEnd = true;
        try {
            process.getOutputStream().close();
        } catch (final IOException gone) {
            process.destroy();
        }
        if (!hasEndedWithin(ChildMain.PATIENCE)) {
            kill();
        }
    }

    /** Ends the process at once, as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        isToEnd = true;
        process.destroyForcibly();
        if (!hasEndedWithin(FORCED_END)) {
            throw new StackException("the " + spec.name() + ", process " + process.pid() + ", cannot be ended");
        }
    }

    private boolean hasEndedWithin(final Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for the " + spec.name(), interrupt);
        }
    }
}
