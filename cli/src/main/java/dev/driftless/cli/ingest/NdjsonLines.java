package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Newline-delimited JSON: an object a line, with the fields that the HTTP gateway takes. Blank lines are passed over. */
final class NdjsonLines implements EventLines {
    private static final int LONGEST = 262_144;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream content;
    private long number;

    NdjsonLines(final InputStream content) {
        this.content = content;
    }

    @Override
    public Optional<EventLine> next() throws IOException {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            final int ended = readLine(line);
            if (ended < 0 && line.size() == 0) {
                return Optional.empty();
            }
            number++;
            final String text = text(line);
            if (!text.isBlank()) {
                return Optional.of(parsed(text, line.size()));
            }
            line.reset();
        }
    }

    /** A longer line is read to its end, and not kept. */
    private int readLine(final ByteArrayOutputStream line) throws IOException {
        int next = content.read();
        while (next >= 0 && next != '\n') {
            if (line.size() <= LONGEST) {
                line.write(next);
            }
            next = content.read();
        }
        return next;
    }

    private String text(final ByteArrayOutputStream line) {
        final String text = line.toString(UTF_8).stripTrailing();
        return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private EventLine parsed(final String text, final int bytes) {
        if (bytes > LONGEST) {
            return EventLine.broken(number, text.substring(0, 100), "a line must have at most " + LONGEST + " bytes");
        }
        try {
            return EventLine.event(number, text, Json.read(text.getBytes(UTF_8)));
        } catch (final MalformedJsonException e) {
            return EventLine.broken(number, text, "the line is not JSON: " + e.getMessage());
        }
    }
}
