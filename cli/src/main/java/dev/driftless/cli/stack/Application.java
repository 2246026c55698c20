package dev.driftless.cli.stack;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A running instance of the streams application, in a process of its own. */
public final class Application implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ApplicationSpec spec;
    private final int opsPort;
    private final ChildProcess process;

    private Application(final ApplicationSpec spec, final int opsPort, final ChildProcess process) {
        this.spec = requireNonNull(spec);
        this.opsPort = opsPort;
        this.process = requireNonNull(process);
    }

    static Application start(
            final ApplicationSpec spec,
            final Tuning tuning,
            final DataDirectory data,
            final String bootstrapServers,
            final URI registry) {
        final int opsPort = spec.claimPort();
        final Path state = stateDirectory(spec, data);
        final Map<String, String> settings = new TreeMap<>(spec.settings());
        settings.put("bootstrap-servers", bootstrapServers);
        settings.put("schema-registry-url", registry.toString());
        settings.put("state-dir", state.toString());
        settings.put("ops-host", Ports.LOOPBACK);
        settings.put("ops-port", Integer.toString(opsPort));
        final List<String> options = new ArrayList<>(tuning.with("-Xms256m", "-Xmx1g", "-XX:+ExitOnOutOfMemoryError"));
        options.addAll(spec.jvmOptions());
        final ChildSpec child = new ChildSpec(
                "application " + spec.name(),
                ChildSpec.ownClassPath(),
                spec.mainClass(),
                options,
                Map.of(),
                flags(settings),
                state,
                data.log(spec.name()));
        return new Application(spec, opsPort, ChildProcess.start(child));
    }

    static Path stateDirectory(final ApplicationSpec spec, final DataDirectory data) {
        return data.directory("streams").resolve(spec.name());
    }

    private static List<String> flags(final Map<String, String> settings) {
        final List<String> flags = new ArrayList<>();
        settings.forEach((setting, value) -> flags.add("--" + setting + "=" + value));
        return flags;
    }

    void awaitReady(final Http http) {
        process.awaitAnswer(() -> http.isOk(ops().resolve("/readyz")), PATIENCE);
    }

    /** What was asked for; another start of it takes up the same state. */
    public ApplicationSpec spec() {
        return spec;
    }

    /** Where its HTTP endpoints are. */
    public URI ops() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + opsPort);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has ended though nobody asked for it. */
    public boolean hasFailed() {
        return process.hasFailed();
    }

    public long pid() {
        return process.pid();
    }

    /** The end of its log, for messages. */
    public String logTail() {
        return process.logTail();
    }

    /** Ends it at once and without notice, as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** Stops it as an operator would; by force where that takes too long. Safe to repeat. */
    @Override
    public void close() {
        process.close();
    }
}
