package dev.driftless.schemas.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViolationTest {
    private static final String EMOJI = "\uD83D\uDE80";

    @Test
    void shouldSayFieldValueAndRuleInOneSentence() {
        final Violation violation = new Violation("customerId", "", "be 1 to 200 characters");

        assertThat(violation.message()).isEqualTo("customerId '' must be 1 to 200 characters");
    }

    @Test
    void shouldShowOrdinaryTextOfAnyScriptAsItIs() {
        final String text = "Straße 東京 " + EMOJI + " ' \" \\ <b>";

        assertThat(Violation.shown(text)).isEqualTo(text);
    }

    @Test
    void shouldShow80CharactersInFull() {
        assertThat(Violation.shown("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(Violation.shown(EMOJI.repeat(80))).isEqualTo(EMOJI.repeat(80));
    }

    @Test
    void shouldCutWhatIsLongerAndSaySo() {
        assertThat(Violation.shown("x".repeat(81))).isEqualTo("x".repeat(80) + "…");
        assertThat(Violation.shown(EMOJI.repeat(81))).isEqualTo(EMOJI.repeat(80) + "…");
    }

    @Test
    void shouldShowControlCharactersAsEscapesSoThatNoLineOfALogIsForged() {
        assertThat(Violation.shown("a\nb\rc\u0000d\u001b[31me\u007f"))
                .isEqualTo("a\\u000ab\\u000dc\\u0000d\\u001b[31me\\u007f");
    }

    @Test
    void shouldShowWhatDisguisesTheOrderOrThePresenceOfTextAsEscapes() {
        assertThat(Violation.shown("a\u202Eb\u200Bc\u2028d\u2029e")).isEqualTo("a\\u202eb\\u200bc\\u2028d\\u2029e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE80"})
    void shouldShowAnUnpairedSurrogateAsAnEscape(final String surrogate) {
        assertThat(Violation.shown("a" + surrogate)).startsWith("a\\ud");
    }
}
