package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Cuts bytes into numbered lines. A line beyond the limit keeps its number and loses its text. Used by one thread. */
final class LineSplitter {
    private final int longest;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final Queue<Line> lines = new ArrayDeque<>();
    private boolean tooLong;
    private long number = 1;

    LineSplitter(final int longest) {
        this.longest = longest;
    }

    void add(final byte[] bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                append(bytes, start, i);
                end();
                start = i + 1;
            }
        }
        append(bytes, start, bytes.length);
    }

    /** Ends the last line, which need not end with a line feed. */
    void finish() {
        if (begun.size() > 0 || tooLong) {
            end();
        }
    }

    /** The next complete line that is not blank. */
    Optional<Line> next() {
        return Optional.ofNullable(lines.poll());
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    private void append(final byte[] bytes, final int from, final int to) {
        tooLong |= begun.size() + (to - from) > longest;
        if (tooLong) {
            begun.reset();
        } else {
            begun.write(bytes, from, to - from);
        }
    }

    private void end() {
        if (tooLong) {
            lines.add(new Line(number, Optional.empty()));
        } else if (!begun.toString(UTF_8).isBlank()) {
            lines.add(new Line(number, Optional.of(begun.toByteArray())));
        }
        number++;
        begun.reset();
        tooLong = false;
    }

    /**
     * A line.
     *
     * @param number counted from 1, blank ones too
     * @param text nothing if it is too long
     */
    record Line(long number, Optional<byte[]> text) {}
}
