package dev.driftless.cli;

import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.stack.HttpGateway;
import dev.driftless.cli.topics.Provisioning;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole pipeline in the foreground. */
@Command(
        name = "up",
        description = "Runs the whole pipeline on this machine until Ctrl-C: a broker, a schema registry, the streams"
                + " application and the HTTP gateway. Creates the topics; data is kept between runs.")
final class UpCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int HIGHEST_PORT = 65_535;
    private static final String APPLICATION = "usage-streams";

    @Option(
            names = "--data-dir",
            paramLabel = "D",
            defaultValue = "${sys:driftless.root:-.}/.driftless",
            description = "Where data and logs are kept.")
    private Path dataDirectory;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the broker; 0 for any.")
    private int kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the schema registry; 0 for any.")
    private int registryPort;

    @Option(
            names = "--ops-port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port of the application's HTTP endpoints; 0 for any.")
    private int opsPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the HTTP gateway, which takes usage events; 0 for any.")
    private int httpPort;

    @Option(
            names = "--api-keys-file",
            paramLabel = "FILE",
            description = "Keys that the HTTP gateway accepts, one a line; without it any key is accepted.")
    private Path apiKeysFile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        requirePort("--kafka-port", kafkaPort);
        requirePort("--registry-port", registryPort);
        requirePort("--ops-port", opsPort);
        requirePort("--http-port", httpPort);
        final PrintWriter out = spec.commandLine().getOut();
        // Before anything is started, though it is used last.
        ApplicationSpec.named(APPLICATION).withOpsPort(opsPort).requireFreePort();
        HttpGateway.requireFreePort(httpPort);
        out.println("Data and logs in " + dataDirectory.toAbsolutePath().normalize() + "; starting …");
        try (EmbeddedStack stack = EmbeddedStack.builder()
                .dataDirectory(dataDirectory)
                .kafkaPort(kafkaPort)
                .registryPort(registryPort)
                .start()) {
            Provisioning.withDefaults(new ConnectionOptions(
                            stack.bootstrapServers(), stack.schemaRegistryUrl().toString()))
                    .applyOrFail();
            final Application application =
                    stack.startApplication(ApplicationSpec.named(APPLICATION).withOpsPort(opsPort));
            final HttpGateway gateway = stack.startGateway(httpPort, Optional.ofNullable(apiKeysFile));
            announce(out, stack, application, gateway);
            return awaitFailure(stack);
        }
    }

    private void requirePort(final String option, final int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new ParameterException(spec.commandLine(), option + " '" + port + "' must be 0 to " + HIGHEST_PORT);
        }
    }

    private void announce(
            final PrintWriter out,
            final EmbeddedStack stack,
            final Application application,
            final HttpGateway gateway) {
        out.println("  Kafka            " + stack.bootstrapServers());
        out.println("  schema registry  " + stack.schemaRegistryUrl() + " (Confluent API)");
        out.println("  application      " + application.ops() + " (/livez, /readyz, /metrics, /v1/account)");
        out.println("  HTTP gateway     " + gateway.address() + " (/v1/usage/events, /openapi.json), "
                + (apiKeysFile == null
                        ? "with any API key, as none are configured"
                        : "with the keys of " + apiKeysFile));
        out.println("ready; Ctrl-C stops it");
    }

    /** Ctrl-C ends the process, and with it the stack; this returns only when the stack ends by itself. */
    private int awaitFailure(final EmbeddedStack stack) {
        Optional<String> failure = stack.failure();
        while (failure.isEmpty()) {
            try {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } catch (final InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return ExitCodes.FAILED;
            }
            failure = stack.failure();
        }
        throw new CliException(failure.get());
    }
}
