package dev.driftless.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.recount.Agreement;
import dev.driftless.cli.recount.Recount;
import dev.driftless.cli.recount.RecountSettings;
import dev.driftless.cli.recount.ReportedAccount;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the application on a real broker and a real registry; one of them is killed in mid-stream, without
 * notice, and started again. Afterwards all that is readable as committed equals an independent recount.
 *
 * <p>{@code -Ddriftless.kill.rounds=10} for more rounds on the same log, {@code -Ddriftless.kill.seed} for other traffic.
 */
class KillIT {
    private static final int EVENTS_A_ROUND = 12_000;
    private static final int ROUNDS = Integer.getInteger("driftless.kill.rounds", 2);
    private static final long SEED = Long.getLong("driftless.kill.seed", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final List<Application> instances = new ArrayList<>();
    private EmbeddedStack stack;
    private ConnectionOptions connection;

    @Test
    void shouldCountEveryEventOnceThoughAnInstanceIsKilledInMidStream() {
        try (EmbeddedStack started =
                EmbeddedStack.builder().dataDirectory(directory).start()) {
            stack = started;
            connection = new ConnectionOptions(
                    stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
            final int partitions = Provisioning.withDefaults(connection).applyOrFail();
            final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            final BetaFeature beta = BetaFeature.before(start);
            DemoCatalog.apply(connection, beta);
            instances.add(stack.startApplication(instance("one")));
            instances.add(stack.startApplication(instance("two")));

            final DemoTraffic traffic = new DemoTraffic(SEED, 50, partitions, start, EventBytes.of(connection), beta);
            final SplittableRandom random = new SplittableRandom(SEED);
            try (Publisher publisher = new Publisher(connection, Topics.DEFAULT)) {
                for (int round = 0; round < ROUNDS; round++) {
                    publishAndKill(publisher, traffic, random.nextInt(instances.size()));
                    assertThat(recount()).as("round %d of seed %d", round, SEED).allMatch(Agreement::holds);
                }
            }
        }
    }

    /** A session that ends soon, so that the survivor takes over within seconds. */
    private static ApplicationSpec instance(final String name) {
        return ApplicationSpec.named(name).with("session-timeout", "6s");
    }

    private void publishAndKill(final Publisher publisher, final DemoTraffic traffic, final int victim) {
        final long before = read();
        publish(publisher, traffic, EVENTS_A_ROUND / 3);
        await("the stream flows").atMost(PATIENCE).until(() -> read() > before);
        final ApplicationSpec spec = instances.get(victim).spec();
        instances.get(victim).kill();
        publish(publisher, traffic, EVENTS_A_ROUND / 3);
        instances.set(victim, stack.startApplication(spec));
        publish(publisher, traffic, EVENTS_A_ROUND - 2 * (EVENTS_A_ROUND / 3));
        publisher.finish();
        final long all = publisher.held() + publisher.rerouted();
        await("all records are read").atMost(PATIENCE).until(() -> read() == all);
    }

    private static void publish(final Publisher publisher, final DemoTraffic traffic, final int events) {
        for (int i = 0; i < events; i++) {
            publisher.publish(traffic.next());
        }
    }

    /** Records read according to the instances that answer; nothing while one does not. */
    private long read() {
        return ReportedAccount.ask(addresses())
                .map(account -> account.total().read())
                .orElse(-1L);
    }

    private List<Agreement> recount() {
        final RecountSettings settings = new RecountSettings(
                connection.client(),
                connection.schemaRegistryUrl(),
                Topics.DEFAULT.usageEvents(),
                Topics.DEFAULT.featureCatalog(),
                Topics.DEFAULT.subscriptions(),
                Topics.DEFAULT.billingUsage(),
                Topics.DEFAULT.usageRejected(),
                RecountSettings.Window.DEFAULT,
                RecountSettings.Closing.DEFAULT);
        try (Recount recount = Recount.of(settings)) {
            return recount.awaitAgreement(addresses(), PATIENCE, () -> {});
        }
    }

    private List<URI> addresses() {
        return instances.stream().map(Application::ops).toList();
    }
}
