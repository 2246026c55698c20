package dev.driftless.streams.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionWindowTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration MILLI = Duration.ofMillis(1);

    @Test
    void shouldAdmitAWindowThatIsJustLongEnough() {
        assertThatCode(() -> new AdmissionWindow(DAY.plus(SKEW), DAY, SKEW)).doesNotThrowAnyException();
        assertThatCode(() -> new AdmissionWindow(DAY, DAY, Duration.ZERO)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAWindowThatIsAMillisecondTooShortAndSayWhy() {
        assertThatThrownBy(() -> new AdmissionWindow(DAY.plus(SKEW).minus(MILLI), DAY, SKEW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dedup window PT24H4M59.999S must be at least admissible age PT24H + clock skew PT5M = "
                        + "PT24H5M: otherwise a late retry could be counted twice");
    }

    @Test
    void shouldRefuseDurationsThatAreNotPositive() {
        assertThatThrownBy(() -> new AdmissionWindow(Duration.ZERO, DAY, SKEW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dedup window PT0S must be positive");
        assertThatThrownBy(() -> new AdmissionWindow(DAY.negated(), DAY, SKEW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdmissionWindow(DAY, Duration.ZERO, SKEW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("admissible age PT0S must be positive");
        assertThatThrownBy(() -> new AdmissionWindow(DAY, DAY, MILLI.negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clock skew PT-0.001S must not be negative");
    }

    @Test
    void shouldRememberKeysFor35DaysByDefault() {
        assertThat(AdmissionWindow.DEFAULT.dedupWindow()).isEqualTo(Duration.ofDays(35));
        assertThat(AdmissionWindow.DEFAULT.clockSkew()).isEqualTo(Duration.ofMinutes(5));
        assertThat(AdmissionWindow.DEFAULT.admissibleAge())
                .isEqualTo(Duration.ofDays(35).minusMinutes(5));
    }
}
