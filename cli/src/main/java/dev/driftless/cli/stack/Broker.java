package dev.driftless.cli.stack;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The stack's Kafka: one broker that is its own controller. */
final class Broker {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PROBE_MILLIS = 3_000;

    private Broker() {}

    static ChildSpec spec(final DataDirectory data, final Tuning tuning, final int port, final int controllerPort) {
        final Path directory = data.directory("kafka");
        return new ChildSpec(
                "broker",
                ChildSpec.ownClassPath(),
                BrokerMain.class.getName(),
                tuning.with("-Xms256m", "-Xmx768m", "-XX:+ExitOnOutOfMemoryError", ChildLogging.OPTION),
                Map.of(),
                List.of(write(settings(directory, port, controllerPort), directory.resolve("server.properties"))
                        .toString()),
                directory,
                data.log("kafka"));
    }

    /** One machine's settings: a single replica of everything, few internal partitions, and nothing ever expires. */
    private static Properties settings(final Path directory, final int port, final int controllerPort) {
        final String listener = "PLAINTEXT://" + Ports.LOOPBACK + ":" + port;
        final Properties settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + Ports.LOOPBACK + ":" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", listener + ",CONTROLLER://" + Ports.LOOPBACK + ":" + controllerPort),
                Map.entry("advertised.listeners", listener),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("log.dirs", directory.resolve("log").toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("log.retention.ms", "-1"),
                Map.entry("log.retention.bytes", "-1"),
                Map.entry("offsets.retention.minutes", "525600"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0")));
        return settings;
    }

    private static Path write(final Properties settings, final Path file) {
        try {
            Files.createDirectories(file.getParent());
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, "Written at each start.");
            }
            return file;
        } catch (final IOException failure) {
            throw new StackException("cannot write " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** Whether the broker takes part in its cluster and answers; a closed port is noticed at once. */
    static boolean answers(final int port) {
        if (!Ports.answers(port)) {
            return false;
        }
        final Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, Ports.LOOPBACK + ":" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PROBE_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PROBE_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(PROBE_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (final ExecutionException | TimeoutException notYet) {
            return false;
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for the broker", interrupt);
        }
    }
}
