package dev.driftless.cli.reconcile;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.Terminal;
import dev.driftless.cli.recount.ReconcileProgress;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a reconciliation is and how long it will take at the pace so far: in place, or a line every few seconds. */
final class TimeLeft implements ReconcileProgress {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_PAINTS = Duration.ofMillis(200);
    private static final double NANOS = 1e9;

    private final Terminal terminal;
    private long all;
    private long before;
    private long done;
    private long begin;
    private long shown;

    TimeLeft(final Terminal terminal) {
        this.terminal = requireNonNull(terminal);
    }

    @Override
    public void begin(final long records, final long doneBefore) {
        all = records;
        before = doneBefore;
        done = doneBefore;
        begin = System.nanoTime();
        shown = begin;
        if (doneBefore > 0) {
            terminal.out()
                    .println(String.format(Locale.ROOT, "Going on after %,d of %,d records", doneBefore, records));
        }
    }

    @Override
    public void add(final long records) {
        done += records;
        final Duration between = terminal.isInteractive() ? BETWEEN_PAINTS : BETWEEN_LINES;
        if (System.nanoTime() - shown > between.toNanos()) {
            shown = System.nanoTime();
            show();
        }
    }

    private void show() {
        final double seconds = (System.nanoTime() - begin) / NANOS;
        final double pace = (done - before) / Math.max(seconds, 1e-3);
        final long left = pace <= 0 ? 0 : (long) (Math.max(0, all - done) / pace);
        final String line = String.format(
                Locale.ROOT,
                "%,d of %,d records (%d %%), %,.0f/s, about %d:%02d:%02d left",
                done,
                all,
                all == 0 ? 100 : Math.min(100, 100 * done / all),
                pace,
                left / 3_600,
                left / 60 % 60,
                left % 60);
        if (terminal.isInteractive()) {
            terminal.out().print("\r\u001b[2K" + line);
            terminal.out().flush();
        } else {
            terminal.out().println(line);
        }
    }

    @Override
    public void end() {
        if (terminal.isInteractive()) {
            terminal.out().print("\r\u001b[2K");
            terminal.out().flush();
        }
    }
}
