package dev.driftless.gateway;

import dev.driftless.client.UsageClientStartException;
import dev.driftless.gateway.config.GatewayConfig;
import dev.driftless.gateway.config.GatewayOptions;
import dev.driftless.gateway.config.SettingDefaults;
import dev.driftless.gateway.config.SettingsFile;
import dev.driftless.schemas.access.ApiKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The gateway as a command. */
@Command(
        name = "gateway",
        description = {
            "Takes usage events over HTTP, and answers once the brokers hold them, until SIGTERM or SIGINT.",
            "",
            "Each setting is a flag, an environment variable (--http-port is DRIFTLESS_HTTP_PORT) or a name in the YAML"
                    + " file (http-port). Flags come before environment variables, those before the file, and that"
                    + " before defaults.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        usageHelpWidth = 100,
        exitCodeListHeading = "%nExit codes%n",
        exitCodeList = {
            "0:stopped in order",
            "1:failed",
            "2:the settings cannot be used",
            "3:brokers, registry, topics or port not available"
        })
final class GatewayCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCommand.class);
    private static final String CONFIG = "--config";
    private static final int BAD_SETTINGS = 2;
    private static final int NOT_AVAILABLE = 3;
    private static final Duration BEYOND_SHUTDOWN = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final Map<String, String> file;

    @Mixin
    private GatewayOptions options;

    @Spec
    private CommandSpec spec;

    private GatewayCommand(final Map<String, String> environment, final Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    static CommandLine commandLine(final Map<String, String> environment, final String... arguments) {
        final Map<String, String> file = new TreeMap<>();
        final CommandLine command = new CommandLine(new GatewayCommand(environment, file));
        command.getCommandSpec().addOption(configFlag());
        try {
            configFile(environment, arguments).ifPresent(path -> file.putAll(SettingsFile.read(path)));
        } catch (final IllegalArgumentException e) {
            return command.setExecutionStrategy(parsed -> refuse(command, e));
        }
        return command.setDefaultValueProvider(new SettingDefaults(environment, file));
    }

    @Override
    public Integer call() {
        final GatewayConfig config;
        try {
            requireKnown();
            config = options.toConfig(environment, file);
        } catch (final IllegalArgumentException e) {
            return refuse(spec.commandLine(), e);
        }
        try {
            return run(config);
        } catch (final UsageClientStartException | KafkaException | IllegalStateException e) {
            spec.commandLine().getErr().println("gateway: " + e.getMessage());
            return NOT_AVAILABLE;
        }
    }

    private static int refuse(final CommandLine command, final IllegalArgumentException problem) {
        command.getErr().println("gateway: " + problem.getMessage());
        return BAD_SETTINGS;
    }

    private void requireKnown() {
        file.keySet().stream()
                .filter(name -> !name.startsWith("kafka.") && !name.startsWith("schema-registry."))
                .filter(name -> spec.findOption("--" + name) == null)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the file's '" + name + "' must be a setting; --help lists all");
                });
    }

    private static int run(final GatewayConfig config) {
        final CountDownLatch stop = new CountDownLatch(1);
        final CountDownLatch stopped = new CountDownLatch(1);
        try (Gateway gateway = Gateway.start(config)) {
            // Not before: a start that fails ends at once, with its own exit code.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndHalt(config, stop, stopped), "shutdown"));
            LOG.info(
                    "listening on {}://{}:{}, for operators on http://{}:{}",
                    config.tls().isPresent() ? "https" : "http",
                    config.host(),
                    gateway.port(),
                    config.ops().host(),
                    gateway.opsPort());
            final ApiKeys keys = config.keys().read();
            if (keys.isOpen()) {
                LOG.warn("no API keys are configured: any key, or none, is accepted on this loopback address");
            } else {
                LOG.info("{} API keys are accepted", keys.size());
            }
            stop.await();
            LOG.info("stopping: answering the requests that were taken");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("stopped");
        stopped.countDown();
        return 0;
    }

    /** Ends the process with its own exit code; a virtual machine that is told to stop ends with 143 otherwise. */
    private static void stopAndHalt(
            final GatewayConfig config, final CountDownLatch stop, final CountDownLatch stopped) {
        stop.countDown();
        try {
            final Duration patience = config.times().shutdown().plus(BEYOND_SHUTDOWN);
            if (stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    /** Looked for ahead of everything else, because what it holds are the defaults of everything else. */
    private static Optional<Path> configFile(final Map<String, String> environment, final String... arguments) {
        final CommandSpec only = CommandSpec.create().addOption(configFlag());
        final Path flag = new CommandLine(only)
                .setUnmatchedArgumentsAllowed(true)
                .parseArgs(arguments)
                .matchedOptionValue(CONFIG, null);
        return Optional.ofNullable(flag).or(() -> Optional.ofNullable(environment.get("DRIFTLESS_CONFIG"))
                .filter(path -> !path.isEmpty())
                .map(Path::of));
    }

    private static OptionSpec configFlag() {
        return OptionSpec.builder("-c", CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description("YAML file with settings. Also from DRIFTLESS_CONFIG.")
                .build();
    }
}
