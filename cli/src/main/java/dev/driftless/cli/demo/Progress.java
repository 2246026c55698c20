package dev.driftless.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.Terminal;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Shows how far something is while it goes on: in place on a terminal, else a line from time to time; and its last state
 * at the end.
 */
final class Progress {
    private static final Duration IN_PLACE = Duration.ofMillis(200);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final String TO_START_AND_CLEAR = "\r\u001b[2K";

    private final Terminal terminal;
    private final Supplier<String> text;
    private final Thread thread = new Thread(this::show, "progress");

    private Progress(final Terminal terminal, final Supplier<String> text) {
        this.terminal = requireNonNull(terminal);
        this.text = requireNonNull(text);
    }

    /**
     * Does some work, and shows how far it is.
     *
     * @param terminal where to show it
     * @param text says how far it is; asked by a thread of its own
     * @param work the work
     */
    static void during(final Terminal terminal, final Supplier<String> text, final Runnable work) {
        final Progress progress = new Progress(terminal, text);
        progress.thread.setDaemon(true);
        progress.thread.start();
        try {
            work.run();
        } finally {
            progress.end();
        }
    }

    private void show() {
        try {
            while (true) {
                Thread.sleep((terminal.isInteractive() ? IN_PLACE : LINE).toMillis());
                print();
            }
        } catch (final InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void print() {
        if (terminal.isInteractive()) {
            terminal.out().print(TO_START_AND_CLEAR + text.get());
            terminal.out().flush();
        } else {
            terminal.out().println(text.get());
        }
    }

    private void end() {
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        print();
        if (terminal.isInteractive()) {
            terminal.out().println();
        }
    }
}
