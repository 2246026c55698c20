package dev.driftless.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.app.ops.Response;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("driftless-usage-dedup-changelog", 3);

    private final RestoreProgress progress = new RestoreProgress();

    @Test
    void shouldBeReadyOnlyWhileItProcesses() {
        final Response ready = new Health("RUNNING", true, true, "", progress.running()).readiness();

        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"ready\":true,\"state\":\"RUNNING\"}\n");
    }

    @Test
    void shouldShowHowFarARestorationHasCome() {
        progress.onRestoreStart(CHANGELOG, "usage-dedup", 100, 1_100);
        progress.onBatchRestored(CHANGELOG, "usage-dedup", 350, 250);
        final Response waiting = new Health("REBALANCING", true, false, "not yet", progress.running()).readiness();

        assertThat(waiting.status()).isEqualTo(503);
        assertThat(waiting.headers()).containsEntry("Retry-After", "2");
        assertThat(waiting.body())
                .contains("\"reason\":\"not yet\"")
                .contains("{\"store\":\"usage-dedup\",\"partition\":3,\"restored\":250,\"total\":1000}");
    }

    @Test
    void shouldForgetARestorationThatIsOverOrSuspended() {
        progress.onRestoreStart(CHANGELOG, "usage-dedup", 0, 10);
        progress.onRestoreEnd(CHANGELOG, "usage-dedup", 10);
        assertThat(progress.running()).isEmpty();

        progress.onRestoreStart(CHANGELOG, "usage-dedup", 0, 10);
        progress.onRestoreSuspended(CHANGELOG, "usage-dedup", 5);
        assertThat(progress.running()).isEmpty();
    }

    @Test
    void shouldBeAliveWhileItWaitsAndDeadAfterAnError() {
        assertThat(Health.waiting("WAITING", "it waits").liveness().status()).isEqualTo(200);
        assertThat(new Health("ERROR", false, false, "dead", progress.running())
                        .liveness()
                        .status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED, 200, 503",
        "REBALANCING, 200, 503",
        "RUNNING, 200, 200",
        "PENDING_SHUTDOWN, 200, 503",
        "NOT_RUNNING, 503, 503",
        "PENDING_ERROR, 503, 503",
        "ERROR, 503, 503",
    })
    void shouldBeAliveUntilItHasEndedAndReadyOnlyWhileItRuns(final State state, final int live, final int ready) {
        final Health health = Health.of(state, List.of());

        assertThat(health.liveness().status()).isEqualTo(live);
        assertThat(health.liveness().body()).contains("\"state\":\"" + state + "\"");
        assertThat(health.readiness().status()).isEqualTo(ready);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void shouldNeverBeReadyWhileThreadsPause(final State state) {
        final Health pausing = Health.pausing(state, List.of());

        assertThat(pausing.readiness().status()).isEqualTo(503);
        assertThat(pausing.alive()).isEqualTo(Health.of(state, List.of()).alive());
    }
}
