package dev.driftless.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final MovableClock clock = new MovableClock();

    @Test
    void shouldPauseTwiceAsLongEachTimeUpToHalfAMinute() {
        final RestartBudget budget = new RestartBudget(8, WINDOW, 1, clock);

        assertThat(Stream.generate(budget::take).limit(8))
                .extracting(pause -> pause.orElseThrow().toSeconds())
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void shouldGiveNoMoreThanTheLimit() {
        final RestartBudget budget = new RestartBudget(2, WINDOW, 1, clock);

        assertThat(Stream.generate(budget::take).limit(4).map(Optional::isPresent))
                .containsExactly(true, true, false, false);
    }

    @Test
    void shouldForgetWhatLiesBeforeTheWindow() {
        final RestartBudget budget = new RestartBudget(1, WINDOW, 1, clock);
        budget.take();

        clock.now = clock.now.plus(WINDOW).plusMillis(1);

        assertThat(budget.take()).contains(Duration.ofSeconds(1));
    }

    @Test
    void shouldCountForEachThread() {
        final RestartBudget budget = new RestartBudget(1, WINDOW, 3, clock);

        assertThat(Stream.generate(budget::take).limit(4))
                .containsExactly(
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.empty());
    }

    @Test
    void shouldGiveNoneIfTheLimitIsZero() {
        assertThat(new RestartBudget(0, WINDOW, 1, clock).take()).isEmpty();
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(final ZoneId zone) {
            return this;
        }
    }
}
