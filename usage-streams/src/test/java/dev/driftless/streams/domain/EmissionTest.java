package dev.driftless.streams.domain;

import static dev.driftless.streams.domain.Examples.NOON;
import static java.math.BigDecimal.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.streams.domain.Emission.LastRecord;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmissionTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldLetTheFirstChangeOutAtOnce() {
        assertThat(Emission.NONE.isFree(NOON, SECOND)).isTrue();
        assertThat(Emission.NONE.emitted(NOON, ONE))
                .isEqualTo(new Emission(1, Optional.of(new LastRecord(NOON, ONE)), Optional.empty()));
    }

    @Test
    void shouldHoldAChangeUntilTheIntervalSinceTheLastRecordIsOver() {
        final Emission emitted = Emission.NONE.emitted(NOON, ONE);

        assertThat(emitted.isFree(NOON, SECOND)).isFalse();
        assertThat(emitted.isFree(NOON.plusMillis(999), SECOND)).isFalse();
        assertThat(emitted.isFree(NOON.plusMillis(1_000), SECOND)).isTrue();
        assertThat(emitted.held(SECOND))
                .isEqualTo(new Emission(1, Optional.of(new LastRecord(NOON, ONE)), Optional.of(NOON.plus(SECOND))));
    }

    @Test
    void shouldNumberItsRecordsWithoutGapsHoweverManyChangesAreHeld() {
        Emission emission = Emission.NONE;
        for (int revision = 1; revision <= 5; revision++) {
            emission = emission.emitted(NOON.plusSeconds(revision), ONE);
            assertThat(emission.revision()).isEqualTo(revision);
            assertThat(emission.dueAt()).isEmpty();
            emission = emission.held(SECOND).held(SECOND);
            assertThat(emission.revision()).isEqualTo(revision);
        }
    }

    @Test
    void shouldLetEachChangeOutWhereTheIntervalIsZero() {
        assertThat(Emission.NONE.emitted(NOON, ONE).isFree(NOON, Duration.ZERO)).isTrue();
    }

    @Test
    void shouldNotHoldWhatHasNoRecordYet() {
        assertThatThrownBy(() -> Emission.NONE.held(SECOND)).isInstanceOf(IllegalStateException.class);
    }
}
