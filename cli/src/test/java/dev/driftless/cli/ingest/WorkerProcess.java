package dev.driftless.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.ConnectionOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A {@link KillableWorker} in a process of its own. */
record WorkerProcess(String name, Process process, Path output) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static WorkerProcess start(
            final Path directory,
            final WorkersWay way,
            final URI gateway,
            final ConnectionOptions connection,
            final KillPoint end)
            throws IOException {
        final String name = way + "-" + end;
        final Path output = directory.resolve(name + ".log");
        final List<String> arguments = List.of(
                way.name(),
                gateway.toString(),
                connection.bootstrapServers(),
                connection.schemaRegistryUrl(),
                end.name());
        return new WorkerProcess(name, JavaProcess.start(output, KillableWorker.class.getName(), arguments), output);
    }

    /** Ends it as {@code kill -9} does, once it is there. */
    void killWhereItWaits(final KillPoint point) throws InterruptedException {
        Awaitility.await(name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive() || Files.readString(output).contains(KillableWorker.WAITS + point));
        assertThat(process.isAlive()).as(name + " waits").isTrue();
        process.destroyForcibly().waitFor();
    }

    int await() throws InterruptedException {
        return JavaProcess.await(process);
    }
}
