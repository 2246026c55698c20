package dev.driftless.cli.ingest;

import dev.driftless.cli.ConnectionOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A worker that sends one batch, each event under the key that its work has, and waits to be killed where it is told.
 * Run again, it sends the same batch.
 */
final class KillableWorker {
    static final int EVENTS = 400;
    /** What it says where it waits. */
    static final String WAITS = "waits at ";

    private KillableWorker() {}

    /** Arguments: way, gateway, brokers, registry, and where to wait. */
    public static void main(final String[] arguments) throws IOException {
        final WorkersWay way = WorkersWay.valueOf(arguments[0]);
        final ConnectionOptions connection = new ConnectionOptions(arguments[2], arguments[3]);
        final KillPoint end = KillPoint.valueOf(arguments[4]);
        final List<String> keys =
                IntStream.range(0, EVENTS).mapToObj(i -> "job-7/" + i).toList();
        way.send(URI.create(arguments[1]), connection, keys, point -> {
            if (point == end) {
                waitForTheEnd(point);
            }
        });
    }

    private static void waitForTheEnd(final KillPoint point) {
        System.out.println(WAITS + point);
        try {
            Thread.currentThread().join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
