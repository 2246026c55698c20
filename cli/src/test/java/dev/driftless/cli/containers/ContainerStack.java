package dev.driftless.cli.containers;

import dev.driftless.cli.ConnectionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.utility.DockerImageName;

/** Kafka, the registry and instances of the application, each in a container of its own, as the compose file has them. */
public final class ContainerStack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long MEMORY = 1L << 30;
    private static final int KAFKA_PORT = 9092;
    private static final int REGISTRY_PORT = 8080;
    private static final int OPS_PORT = 8090;
    private static final String CONFLUENT_API = "/apis/ccompat/v7";

    private final Network network = Network.newNetwork();
    private final List<Startable> started = new ArrayList<>();
    private final int kafkaPort = freePort();
    private final GenericContainer<?> kafka;
    private final GenericContainer<?> registry;

    private ContainerStack() {
        kafka = start(
                new GenericContainer<>(DockerImageName.parse("apache/kafka:4.3.1"))
                        .withNetworkAliases("kafka")
                        .withEnv(kafkaSettings())
                        .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1)),
                KAFKA_PORT);
        registry = start(
                new GenericContainer<>(DockerImageName.parse("apicurio/apicurio-registry:3.0.9"))
                        .withNetworkAliases("registry")
                        .withExposedPorts(REGISTRY_PORT)
                        .waitingFor(Wait.forHttp("/health/ready").forPort(REGISTRY_PORT)),
                0);
    }

    /** Starts Kafka and the registry. */
    public static ContainerStack start() {
        return new ContainerStack();
    }

    private Map<String, String> kafkaSettings() {
        return Map.ofEntries(
                Map.entry("KAFKA_NODE_ID", "1"),
                Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
                Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                Map.entry("KAFKA_LISTENERS", "INSIDE://:19092,OUTSIDE://:9092,CONTROLLER://:9093"),
                Map.entry("KAFKA_ADVERTISED_LISTENERS", "INSIDE://kafka:19092,OUTSIDE://127.0.0.1:" + kafkaPort),
                Map.entry(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                        "INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "INSIDE"),
                Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                Map.entry("KAFKA_HEAP_OPTS", "-Xmx512m"));
    }

    /** Starts an instance of an image of the application; it is not waited for. */
    public Instance startInstance(final String image, final Map<String, String> settings) {
        final GenericContainer<?> container = start(
                new GenericContainer<>(DockerImageName.parse(image))
                        .withExposedPorts(OPS_PORT)
                        .withEnv("DRIFTLESS_BOOTSTRAP_SERVERS", "kafka:19092")
                        .withEnv("DRIFTLESS_SCHEMA_REGISTRY_URL", "http://registry:8080" + CONFLUENT_API)
                        .withEnv(settings)
                        .withCreateContainerCmdModifier(create -> create.getHostConfig()
                                .withReadonlyRootfs(true)
                                .withMemory(MEMORY)
                                .withMemorySwap(MEMORY))
                        .waitingFor(Wait.forListeningPort().withStartupTimeout(PATIENCE)),
                0);
        return new Instance(container);
    }

    private <T extends GenericContainer<?>> T start(final T container, final int fixedPort) {
        container.withNetwork(network);
        if (fixedPort > 0) {
            container.setPortBindings(List.of("127.0.0.1:" + kafkaPort + ":" + fixedPort));
        }
        started.add(container);
        container.start();
        return container;
    }

    /** The container of the broker. */
    public Instance broker() {
        return new Instance(kafka);
    }

    /** How to reach brokers and registry from this machine. */
    public ConnectionOptions connection() {
        return new ConnectionOptions(
                "127.0.0.1:" + kafkaPort,
                "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT) + CONFLUENT_API);
    }

    /** Kafka tells clients its address, which therefore is fixed before it starts. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).stop();
        }
        network.close();
    }
}
