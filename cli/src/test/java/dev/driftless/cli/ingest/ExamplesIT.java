package dev.driftless.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.catalog.CatalogPlan;
import dev.driftless.cli.catalog.CatalogTopic;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.stack.HttpGateway;
import dev.driftless.cli.stack.Tuning;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for other languages, as they stand in the documents, on the real pipeline. */
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("../docs/examples");
    /** It has the libraries that Debian packages; another one ahead of it on the path need not. */
    private static final String DEBIANS_PYTHON = "/usr/bin/python3";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static EmbeddedStack stack;
    private static ConnectionOptions connection;
    private static HttpGateway gateway;

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.builder()
                .dataDirectory(directory.resolve("stack"))
                .tuning(Tuning.SHORT_RUN)
                .start();
        connection = new ConnectionOptions(
                stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
        Provisioning.withDefaults(connection).applyOrFail();
        new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection)
                .apply(published -> CatalogPlan.of(List.of(WaysInIT.feature()), published, false));
        stack.startApplication(ApplicationSpec.named("usage-streams"));
        gateway = stack.startGateway(0, Optional.empty());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldBillWhatTheExamplesForNodeSend() throws Exception {
        assumeTrue(isThere("node") && isThere("npm"), "Node and npm are installed");
        final Path node = Files.createDirectory(directory.resolve("node"));
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("node"))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, node.resolve(file.getFileName()));
            }
        }
        final int installed = run(node, "npm", "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts");
        assumeTrue(installed == 0 || System.getenv("CI") != null, "npm's registry answers");

        assertThat(run(node, "node", "node", "http.mjs")).isZero();
        assertThat(run(node, "node", "node", "kafka.mjs")).isZero();
        assertThat(run(node, "node", "node", "hosted-meter.mjs")).isZero();

        Billed.awaitEvents(connection, "node", 3, PATIENCE);
    }

    @Test
    void shouldBillWhatTheExampleForPythonSends() throws Exception {
        assumeTrue(isThere("python3"), "Python is installed");

        final Path python = EXAMPLES.resolve("python").toAbsolutePath();
        assertThat(run(
                        directory,
                        "python3",
                        "python3",
                        python.resolve("http_example.py").toString()))
                .isZero();

        Billed.awaitEvents(connection, "python3", 1, PATIENCE);
    }

    @Test
    void shouldBillWhatTheExampleForPythonOnKafkaSends() throws Exception {
        final String python = Files.isExecutable(Path.of(DEBIANS_PYTHON)) ? DEBIANS_PYTHON : "python3";
        assumeTrue(
                isThere(python)
                        && run(directory, "python-libraries", python, "-c", "import avro, confluent_kafka") == 0,
                "Python's confluent-kafka and avro are installed");

        assertThat(run(
                        directory,
                        "python-kafka",
                        python,
                        EXAMPLES.resolve("python/kafka_example.py")
                                .toAbsolutePath()
                                .toString()))
                .isZero();

        Billed.awaitEvents(connection, "python-kafka", 1, PATIENCE);
    }

    @Test
    void shouldBillWhatTheExampleForGoSends() throws Exception {
        assumeTrue(isThere("go", "version"), "Go is installed");

        assertThat(run(
                        directory,
                        "go",
                        "go",
                        "run",
                        EXAMPLES.resolve("go/http.go").toAbsolutePath().toString()))
                .isZero();

        Billed.awaitEvents(connection, "go", 1, PATIENCE);
    }

    @Test
    void shouldBillWhatTheExampleForGoOnKafkaSends() throws Exception {
        assumeTrue(isThere("go", "version") && GoModules.areThere(), "Go, confluent-kafka-go and goavro are installed");
        final Path go = GoModules.prepare(directory.resolve("go"), EXAMPLES.resolve("go"));

        assertThat(run(go, "go-kafka", "go", "run", "-mod=mod", "kafka.go")).isZero();

        Billed.awaitEvents(connection, "go-kafka", 1, PATIENCE);
    }

    private static boolean isThere(final String program) throws InterruptedException {
        return isThere(program, "--version");
    }

    private static boolean isThere(final String program, final String question) throws InterruptedException {
        try {
            return new ProcessBuilder(program, question)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (final IOException missing) {
            return false;
        }
    }

    /** Runs a program that bills a customer. */
    private static int run(final Path in, final String customer, final String... command)
            throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("examples.log").toFile());
        builder.environment().put("CUSTOMER", customer);
        builder.environment().put("GOFLAGS", "-buildvcs=false");

        builder.environment().put("DRIFTLESS_URL", gateway.address().toString());
        builder.environment().put("BOOTSTRAP_SERVERS", connection.bootstrapServers());
        builder.environment().put("SCHEMA_REGISTRY_URL", connection.schemaRegistryUrl());
        final Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(String.join(" ", command) + " does not end");
        }
        if (process.exitValue() != 0) {
            System.err.println(Files.readString(directory.resolve("examples.log")));
        }
        return process.exitValue();
    }
}
