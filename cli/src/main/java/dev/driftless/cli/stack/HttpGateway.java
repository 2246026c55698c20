package dev.driftless.cli.stack;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The HTTP gateway of a stack, in a process of its own; reachable from this machine only. */
public final class HttpGateway {
    private static final String NAME = "http-gateway";
    private static final String MAIN_CLASS = "dev.driftless.gateway.GatewayMain";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final ChildProcess process;

    private HttpGateway(final int port, final ChildProcess process) {
        this.port = port;
        this.process = requireNonNull(process);
    }

    /**
     * Checks a port ahead of the gateway's start.
     *
     * @throws StackException if it is taken
     */
    public static void requireFreePort(final int port) {
        claim(port);
    }

    static HttpGateway launch(
            final EmbeddedStack stack, final Tuning tuning, final int port, final Optional<Path> keys) {
        final int claimed = claim(port);
        final List<String> flags = new ArrayList<>(List.of(
                "--http-host=" + Ports.LOOPBACK,
                "--http-port=" + claimed,
                "--ops-port=0",
                "--bootstrap-servers=" + stack.bootstrapServers(),
                "--schema-registry-url=" + stack.schemaRegistryUrl()));
        keys.ifPresent(file -> flags.add("--api-keys-file=" + file.toAbsolutePath()));
        final DataDirectory data = stack.data();
        final ChildSpec spec = new ChildSpec(
                NAME,
                ChildSpec.ownClassPath(),
                MAIN_CLASS,
                tuning.with("-Xms64m", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError"),
                Map.of(),
                flags,
                data.directory(NAME),
                data.log(NAME));
        return new HttpGateway(claimed, stack.launch(spec));
    }

    private static int claim(final int port) {
        return Ports.claim(port, "HTTP gateway", "--http-port");
    }

    void awaitReady(final Http http) {
        process.awaitAnswer(() -> http.isOk(address().resolve("/readyz")), PATIENCE);
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port);
    }

    /** Ends it at once and without notice, as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }
}
