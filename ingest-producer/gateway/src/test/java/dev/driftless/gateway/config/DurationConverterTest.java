package dev.driftless.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "90s, PT90S",
        "5m, PT5M",
        "36h, PT36H",
        "35d, P35D",
        "34d23h55m, P34DT23H55M",
        "1h30m, PT1H30M",
        "PT5M, PT5M",
        "0s, PT0S"
    })
    void shouldReadADuration(final String text, final Duration duration) {
        assertThat(converter.convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "5 m", "1.5.5s", "99999999999999999999d"})
    void shouldRefuseWhatIsNone(final String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("must be a duration");
    }
}
