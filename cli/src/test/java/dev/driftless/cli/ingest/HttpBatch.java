package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A batch over HTTP, whose body goes out in two halves. */
record HttpBatch(URI address, String contentType) {
    private static final int STATUS_CLASS = 100;

    static String array(final Stream<String> events) {
        return events.collect(joining(",", "[", "]"));
    }

    static String lines(final Stream<String> events) {
        return events.collect(joining("\n"));
    }

    void send(final String body, final Consumer<KillPoint> reached) throws IOException {
        final byte[] bytes = body.getBytes(UTF_8);
        final HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", contentType);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(bytes.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(bytes, 0, bytes.length / 2);
            out.flush();
            reached.accept(KillPoint.HALF_SENT);
            out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
            out.flush();
            reached.accept(KillPoint.ALL_SENT);
        }
        if (connection.getResponseCode() / STATUS_CLASS != 2) {
            throw new IOException(address + " answers " + connection.getResponseCode());
        }
        requireComplete(connection);
        reached.accept(KillPoint.ANSWERED);
    }

    /** The answer to newline-delimited JSON says at its end whether it is complete. */
    private void requireComplete(final HttpURLConnection connection) throws IOException {
        try (InputStream answer = connection.getInputStream()) {
            final String text = new String(answer.readAllBytes(), UTF_8);
            if (contentType.endsWith("ndjson") && !text.contains("\"complete\":true")) {
                throw new IOException(address + " does not say that all is complete: " + text);
            }
        }
    }
}
