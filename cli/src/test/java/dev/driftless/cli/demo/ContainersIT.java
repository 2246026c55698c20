package dev.driftless.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.containers.ContainerStack;
import dev.driftless.cli.containers.Images;
import dev.driftless.cli.containers.Instance;
import dev.driftless.cli.recount.Agreement;
import dev.driftless.cli.recount.Recount;
import dev.driftless.cli.recount.ReportedAccount;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.schemas.Topics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/**
 * Three containers of the application's image on containers of Kafka and the registry, and what operations do to them under
 * load. After each, all that is readable as committed equals an independent recount, and the account balances.
 */
class ContainersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int EVENTS = 6_000;
    private static final Map<String, String> SETTINGS =
            Map.of("DRIFTLESS_STANDBY_REPLICAS", "1", "DRIFTLESS_SESSION_TIMEOUT", "6s");

    private static ContainerStack stack;
    private static ConnectionOptions connection;
    private static Publisher publisher;
    private static DemoTraffic traffic;
    private static List<Instance> instances;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker here: containers are not tested");
        final String image = Images.build("usage-streams");
        stack = ContainerStack.start();
        connection = stack.connection();
        final int partitions = Provisioning.withDefaults(connection).applyOrFail();
        final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        final BetaFeature beta = BetaFeature.before(start);
        DemoCatalog.apply(connection, beta);
        publisher = new Publisher(connection, Topics.DEFAULT);
        traffic = new DemoTraffic(1, 50, partitions, start, EventBytes.of(connection), beta);
        instances = Stream.generate(() -> stack.startInstance(image, SETTINGS))
                .limit(3)
                .toList();
        instances.forEach(Instance::awaitReady);
    }

    @AfterAll
    static void stop() {
        if (publisher != null) {
            publisher.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void shouldCountEveryEventOnceThoughAContainerIsKilled() {
        publish(EVENTS / 3);
        instances.get(0).kill();
        publish(EVENTS / 3);
        instances.get(0).start();
        publish(EVENTS / 3);

        assertThat(instances.get(0).state().getRunning()).isTrue();
        assertThatAllIsCountedOnce();
    }

    @Test
    void shouldCountEveryEventOnceThoughTheBrokerRestarts() {
        publish(EVENTS / 2);
        stack.broker().stop();
        stack.broker().start();
        publish(EVENTS / 2);

        assertThatAllIsCountedOnce();
        assertThat(instances).allMatch(instance -> instance.state().getRunning());
    }

    @Test
    void shouldCountEveryEventOnceWhileAllInstancesAreRolled() {
        for (final Instance instance : instances) {
            publish(EVENTS / 3);
            assertThat(instance.stop()).as("exit code after SIGTERM").isZero();
            publish(EVENTS / 3);
            instance.start();
            instance.awaitReady();
        }

        assertThatAllIsCountedOnce();
    }

    private static void publish(final int events) {
        for (int i = 0; i < events; i++) {
            publisher.publish(traffic.next());
        }
    }

    private static void assertThatAllIsCountedOnce() {
        publisher.finish();
        instances.forEach(Instance::awaitReady);
        final long all = publisher.held() + publisher.rerouted();
        await("all records are read").atMost(PATIENCE).until(() -> read() == all);
        try (Recount recount = Recount.of(DemoRun.settings(connection))) {
            assertThat(recount.awaitAgreement(addresses(), PATIENCE, () -> {})).allMatch(Agreement::holds);
        }
    }

    private static long read() {
        return ReportedAccount.ask(addresses())
                .map(account -> account.total().read())
                .orElse(-1L);
    }

    private static List<URI> addresses() {
        return instances.stream().map(Instance::ops).toList();
    }
}
