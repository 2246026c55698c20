package dev.driftless.cli.stack;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The stack's schema registry: the released Apicurio application, its schemas kept in topics of the stack's broker. */
final class Registry {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String HOME_PROPERTY = "driftless.registry.home";

    private Registry() {}

    static ChildSpec spec(final DataDirectory data, final int port, final String bootstrapServers) {
        return new ChildSpec(
                "schema registry",
                runnerJar() + File.pathSeparator + ownLocation(),
                "io.quarkus.runner.GeneratedMain",
                List.of(
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.http.host=" + Ports.LOOPBACK,
                        "-Dquarkus.http.port=" + port),
                Map.of(
                        "APICURIO_STORAGE_KIND", "kafkasql",
                        "APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", bootstrapServers,
                        // How long each start looks for a snapshot; without one it reads its whole journal.
                        "APICURIO_KAFKASQL_CONSUMER_POLL_TIMEOUT", "1000",
                        // Quarkus would otherwise take Ctrl-C for itself.
                        "DISABLE_SIGNAL_HANDLERS", "true"),
                List.of(),
                data.directory("registry"),
                data.log("registry"));
    }

    static URI confluentApi(final int port) {
        return URI.create("http://" + Ports.LOOPBACK + ":" + port + "/apis/ccompat/v7");
    }

    static boolean answers(final Http http, final int port) {
        return http.isOk(URI.create("http://" + Ports.LOOPBACK + ":" + port + "/health/ready"))
                && http.isOk(URI.create(confluentApi(port) + "/subjects"));
    }

    /** The application as the build unpacked it, beside this module's classes. */
    private static Path runnerJar() {
        final Path home = home();
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new StackException("no schema registry in " + home + ": build the project"));
        } catch (final IOException failure) {
            throw new StackException("no schema registry in " + home + ": build the project", failure);
        }
    }

    private static Path home() {
        final String configured = System.getProperty(HOME_PROPERTY);
        return configured == null ? ownLocation().resolveSibling("registry") : Path.of(configured);
    }

    /** The jar or directory that holds {@link ChildMain}; the registry must not see the rest of our class path. */
    private static Path ownLocation() {
        try {
            return Path.of(ChildMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (final URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
