package dev.driftless.streams.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant MIDDLE = Instant.parse("2026-03-10T00:00:00Z");
    private static final Instant END = Instant.parse("2026-04-01T00:00:00Z");
    private static final Period MARCH = new Period(START, END);

    @Test
    void shouldContainItsStartButNotItsEnd() {
        assertThat(MARCH.contains(START.minusMillis(1))).isFalse();
        assertThat(MARCH.contains(START)).isTrue();
        assertThat(MARCH.contains(END.minusNanos(1))).isTrue();
        assertThat(MARCH.contains(END)).isFalse();
    }

    @Test
    void shouldRejectAPeriodThatIsEmptyOrEndsBeforeItStarts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Period(START, START))
                .withMessage("end 2026-03-01T00:00:00Z must be later than start 2026-03-01T00:00:00Z");
        assertThatIllegalArgumentException().isThrownBy(() -> new Period(END, START));
    }

    @Test
    void shouldRejectBoundsThatAreNotWholeMilliseconds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Period(START.plusNanos(1), END))
                .withMessage("start 2026-03-01T00:00:00.000000001Z must be a whole number of milliseconds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Period(START, END.plusNanos(1)))
                .withMessage("end 2026-04-01T00:00:00.000000001Z must be a whole number of milliseconds");
    }

    @Test
    void shouldCutOffWhatLiesBeforeOrAfterAnInstant() {
        assertThat(MARCH.from(MIDDLE)).isEqualTo(new Period(MIDDLE, END));
        assertThat(MARCH.until(MIDDLE)).isEqualTo(new Period(START, MIDDLE));
    }

    @Test
    void shouldCutOffNothingWhereTheInstantLiesOutside() {
        assertThat(MARCH.from(START)).isEqualTo(MARCH);
        assertThat(MARCH.from(START.minusMillis(1))).isEqualTo(MARCH);
        assertThat(MARCH.until(END)).isEqualTo(MARCH);
        assertThat(MARCH.until(END.plusMillis(1))).isEqualTo(MARCH);
    }

    @Test
    void shouldRefuseToCutOffEverything() {
        assertThatIllegalArgumentException().isThrownBy(() -> MARCH.from(END));
        assertThatIllegalArgumentException().isThrownBy(() -> MARCH.until(START));
    }
}
