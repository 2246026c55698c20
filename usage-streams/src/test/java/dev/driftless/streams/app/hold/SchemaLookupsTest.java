package dev.driftless.streams.app.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaLookupsTest {
    private final OutageRegistry registry = new OutageRegistry();
    private final SchemaLookups lookups = new SchemaLookups(registry, Clock.systemUTC());

    @AfterEach
    void close() {
        lookups.close();
    }

    @Test
    void shouldAskOnceForASchemaAndRememberIt() {
        final int id = registry.add("Known");

        assertThat(lookups.isTold(id)).isTrue();
        assertThat(lookups.isTold(id)).isTrue();
        assertThat(registry.asked()).isEqualTo(1);
    }

    @Test
    void shouldTakeNoSuchSchemaForAnAnswer() {
        assertThat(lookups.isTold(424_242)).isTrue();
        assertThat(lookups.isTold(424_242)).isTrue();
        assertThat(registry.asked()).isEqualTo(1);
    }

    @Test
    void shouldNotKeepAnybodyWaitingWhileTheRegistryIsAway() {
        registry.goAway();
        assertThat(lookups.isTold(1)).isFalse();
        final Instant before = Instant.now();

        for (int id = 2; id < 1_000; id++) {
            assertThat(lookups.isTold(id)).isFalse();
        }

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void shouldAskAgainUntilTheRegistryAnswers() {
        final int id = registry.add("Known");
        registry.goAway();
        assertThat(lookups.isTold(id)).isFalse();

        registry.comeBack();

        await().atMost(Duration.ofSeconds(20)).until(() -> lookups.isTold(id));
    }
}
