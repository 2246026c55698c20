package dev.driftless.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.app.ops.Response;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

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
}
