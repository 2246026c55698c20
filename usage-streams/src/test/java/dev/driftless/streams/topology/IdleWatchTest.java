package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant DUE = NOON.plusSeconds(1);
    /** This machine's clock need not be right. */
    private static final long SYSTEM = 5_000_000;

    private final IdleWatch watch = new IdleWatch(Duration.ofMillis(500), NOON, SYSTEM);

    @Test
    void shouldExpectTheBrokersTimeToHaveMovedAsMuchAsThisMachines() {
        assertThat(watch.tickFor(DUE, SYSTEM + 999)).isEmpty();
        assertThat(watch.tickFor(DUE, SYSTEM + 1_000)).contains(DUE);
    }

    @Test
    void shouldWaitForTheSilenceThoughSomethingIsDue() {
        assertThat(watch.tickFor(NOON, SYSTEM + 499)).isEmpty();
        assertThat(watch.tickFor(NOON, SYSTEM + 500)).contains(NOON.plusMillis(500));
    }

    @Test
    void shouldWaitForATickThatIsUnderWayAndWriteAnotherWhereItIsLost() {
        final long sent = SYSTEM + 2_000;
        assertThat(watch.tickFor(DUE, sent)).isPresent();

        assertThat(watch.tickFor(DUE, sent)).isEmpty();
        assertThat(watch.tickFor(DUE, sent + IdleWatch.PATIENCE.toMillis() - 1)).isEmpty();
        assertThat(watch.tickFor(DUE, sent + IdleWatch.PATIENCE.toMillis())).isPresent();
        assertThat(watch.tickFor(DUE, sent + IdleWatch.PATIENCE.toMillis() + 1)).isEmpty();
    }

    @Test
    void shouldStartAnewWhenTheTimeHasMoved() {
        watch.tickFor(DUE, SYSTEM + 1_000);
        watch.timeMoved(DUE.minusMillis(1), SYSTEM + 1_100);

        assertThat(watch.tickFor(DUE, SYSTEM + 1_599)).isEmpty();
        assertThat(watch.tickFor(DUE, SYSTEM + 1_600)).contains(DUE.plusMillis(499));
    }

    @Test
    void shouldNotDespairWhenThisMachinesClockIsSetBack() {
        assertThat(watch.tickFor(DUE, SYSTEM - 100_000)).isEmpty();
        assertThat(watch.tickFor(DUE, SYSTEM + 100_000)).isPresent();
        watch.timeMoved(NOON, SYSTEM - 100_000);

        assertThat(watch.tickFor(DUE, SYSTEM - 99_000)).isPresent();
    }
}
