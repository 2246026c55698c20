package dev.driftless.streams.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "90s, PT90S",
        "5m, PT5M",
        "36h, PT36H",
        "35d, PT840H",
        "1h30m, PT90M",
        "0s, PT0S",
        "PT5M, PT5M",
        "P35D, PT840H"
    })
    void shouldReadTheShortFormAndIso8601(final String text, final Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "m", "five minutes", "1w", "1.5h", "5M", "9999999999999999d"})
    void shouldRefuseEverythingElse(final String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500ms", "1m30s", "5m", "1d12h", "35d", "0s"})
    void shouldWriteWhatItReads(final String text) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
    }

    @Test
    void shouldRefuseADurationThatIsTooLongToHold() {
        assertThatIllegalArgumentException().isThrownBy(() -> SettingTypes.duration(Duration.ZERO, Duration.ofDays(1))
                .parse("999999999999d"));
    }
}
