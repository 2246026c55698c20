package dev.driftless.schemas.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldRulesTest {
    private static final String EMOJI = "\uD83D\uDE80";

    /** The rule of a text that names something, its name and its longest length. */
    static Stream<Arguments> identifiers() {
        final Function<String, Optional<Violation>> customerId = FieldRules::customerId;
        final Function<String, Optional<Violation>> idempotencyKey = FieldRules::idempotencyKey;
        final Function<String, Optional<Violation>> propertyName =
                name -> FieldRules.properties(java.util.Collections.singletonMap(name, "value"));
        final Function<String, Optional<Violation>> voidedKey = key -> FieldRules.check(
                event().setKind(UsageKind.VOID).setVoidedKey(key).build());
        return Stream.of(
                Arguments.of(Named.of("customerId", customerId), 200),
                Arguments.of(Named.of("idempotencyKey", idempotencyKey), 256),
                Arguments.of(Named.of("name of a property", propertyName), 100),
                Arguments.of(Named.of("voidedKey", voidedKey), 256));
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void shouldAdmitAnIdentifierFrom1CharacterToItsLongest(
            final Function<String, Optional<Violation>> rule, final int longest) {
        assertThat(rule.apply("x")).isEmpty();
        assertThat(rule.apply("x".repeat(longest))).isEmpty();
        assertThat(rule.apply("")).get().extracting(Violation::rule).isEqualTo("be 1 to " + longest + " characters");
        assertThat(rule.apply("x".repeat(longest + 1)))
                .get()
                .extracting(Violation::rule)
                .isEqualTo("be 1 to " + longest + " characters");
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void shouldCountAnEmojiAsOneCharacter(final Function<String, Optional<Violation>> rule, final int longest) {
        assertThat(rule.apply(EMOJI.repeat(longest))).isEmpty();
        assertThat(rule.apply(EMOJI.repeat(longest - 1) + "xx")).isPresent();
        assertThat(rule.apply(EMOJI.repeat(longest + 1))).isPresent();
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void shouldRefuseABlankIdentifier(final Function<String, Optional<Violation>> rule) {
        assertThat(rule.apply(" ")).get().extracting(Violation::rule).isEqualTo("not be blank");
        assertThat(rule.apply("\u2003\u3000")).get().extracting(Violation::rule).isEqualTo("not be blank");
        assertThat(rule.apply(" x ")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void shouldRefuseControlCharactersInAnIdentifier(final Function<String, Optional<Violation>> rule) {
        for (final String control : new String[] {"\u0000", "\n", "\t", "\u001f", "\u007f", "\u0080", "\u009f"}) {
            assertThat(rule.apply("a" + control + "b"))
                    .get()
                    .extracting(Violation::rule)
                    .isEqualTo("have no control characters");
        }
        assertThat(rule.apply("a b\u00a0c")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void shouldRefuseTextThatIsNotWellFormed(final Function<String, Optional<Violation>> rule) {
        for (final String broken : new String[] {"\uD83D", "\uDE80", "\uDE80\uD83D", "\uFFFD"}) {
            assertThat(rule.apply("a" + broken + "b"))
                    .get()
                    .extracting(Violation::rule)
                    .isEqualTo("be well-formed Unicode");
        }
        assertThat(rule.apply("a\uFFFCb\uE000")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("identifiers")
    void shouldRefuseAnIdentifierOfAnySizeAtOnce(final Function<String, Optional<Violation>> rule) {
        final String huge = "x".repeat(50_000_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(2), () -> assertThat(rule.apply(huge)).isPresent());
    }

    @Test
    void shouldRefuseAnAbsentText() {
        assertThat(FieldRules.customerId(null))
                .get()
                .extracting(Violation::message)
                .isEqualTo("customerId 'null' must be 1 to 200 characters");
        assertThat(FieldRules.idempotencyKey(null)).isPresent();
        assertThat(FieldRules.feature(null)).isPresent();
    }

    @Nested
    class FeatureCode {
        @ParameterizedTest
        @ValueSource(strings = {"a", "api_calls", "z9", "gpu_seconds_", "a__1"})
        void shouldBeALowerCaseLetterAndThenLettersDigitsAndUnderscores(final String code) {
            assertThat(FieldRules.feature(code)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "_api",
                    "9lives",
                    "Api",
                    "apiCalls",
                    "api-calls",
                    "api calls",
                    "api.calls",
                    "api\n",
                    "äpi",
                    "api\u0661"
                })
        void shouldBeNothingElse(final String code) {
            assertThat(FieldRules.feature(code))
                    .contains(new Violation("feature", Violation.shown(code), "match ^[a-z][a-z0-9_]{0,99}$"));
        }

        @Test
        void shouldHaveAtMost100Characters() {
            assertThat(FieldRules.feature("a".repeat(100))).isEmpty();
            assertThat(FieldRules.feature("a".repeat(101))).isPresent();
        }
    }

    @Nested
    class Value {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0",
                    "-0",
                    "1",
                    "-1",
                    "0.000000001",
                    "-0.000000001",
                    "99999999999999999999999999999.999999999",
                    "-99999999999999999999999999999.999999999",
                    "1E+28",
                    "1E-9"
                })
        void shouldHaveUpTo29DigitsBeforeAnd9AfterThePoint(final String value) {
            assertThat(FieldRules.value(new BigDecimal(value))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0.0000000001",
                    "1.0000000001",
                    "-1.1234567891",
                    "100000000000000000000000000000",
                    "-100000000000000000000000000000",
                    "1E+29",
                    "1E-10",
                    "99999999999999999999999999999.9999999999"
                })
        void shouldHaveNoMoreDigitsThanThat(final String value) {
            assertThat(FieldRules.value(new BigDecimal(value)))
                    .contains(new Violation(
                            "value",
                            new BigDecimal(value).toString(),
                            "have at most 29 digits before and 9 after the decimal point"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1.00000000000000000000", "0.1234567890000", "10E+27", "0E-50", "0E+50", "-7.0E-8"})
        void shouldNotCountZerosAtTheEnd(final String value) {
            assertThat(FieldRules.value(new BigDecimal(value))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1e999999", "-1e999999", "1e-999999", "1e2147483647", "1e-2147483647"})
        void shouldBeRefusedAtOnceWhateverItsExponent(final String value) {
            final BigDecimal number = new BigDecimal(value);

            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
                assertThat(FieldRules.value(number)).isPresent();
                assertThat(FieldRules.isExactDecimal(number)).isFalse();
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"0e999999", "0e-999999", "0e2147483647", "0e-2147483647"})
        void shouldBeZeroAtOnceWhateverTheExponentOfTheZero(final String value) {
            final BigDecimal zero = new BigDecimal(value);

            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
                assertThat(FieldRules.value(zero)).isEmpty();
                assertThat(zero.setScale(FieldRules.SCALE)).isEqualByComparingTo(BigDecimal.ZERO);
            });
        }

        @Test
        void shouldBeRefusedAtOnceWhateverTheNumberOfItsDigits() {
            // 16,609,640 bits are 5,000,000 decimal digits.
            final BigInteger digits = BigInteger.ONE.shiftLeft(16_609_640);

            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
                for (final int scale : new int[] {0, 9, 5_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE + 1}) {
                    assertThat(FieldRules.value(new BigDecimal(digits, scale)))
                            .get()
                            .extracting(Violation::value)
                            .isEqualTo("a number of 16609641 bits");
                    assertThat(FieldRules.value(new BigDecimal(digits.negate(), scale)))
                            .isPresent();
                }
            });
        }

        @Test
        void shouldBePresent() {
            assertThat(FieldRules.value(null))
                    .get()
                    .extracting(Violation::message)
                    .isEqualTo("value 'null' must be a number");
        }

        @Test
        void shouldBeAdmittedExactlyWhereTheSchemasDecimalHoldsIt() {
            final BigDecimal limit = BigDecimal.ONE.scaleByPowerOfTen(29);
            final BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(-9);

            assertThat(FieldRules.isExactDecimal(limit)).isFalse();
            assertThat(FieldRules.isExactDecimal(limit.subtract(step))).isTrue();
            assertThat(FieldRules.isExactDecimal(limit.negate())).isFalse();
            assertThat(FieldRules.isExactDecimal(limit.negate().add(step))).isTrue();
            assertThat(FieldRules.isExactDecimal(step)).isTrue();
            assertThat(FieldRules.isExactDecimal(step.divide(BigDecimal.TEN))).isFalse();
        }
    }

    @Nested
    class OccurredAt {
        @ParameterizedTest
        @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-03-10T12:00:00Z", "9998-12-31T23:59:59.999Z"})
        void shouldLieInTheYears1970To9998(final String occurredAt) {
            assertThat(FieldRules.occurredAt(Instant.parse(occurredAt))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1969-12-31T23:59:59.999Z", "9999-01-01T00:00:00Z"})
        void shouldNotLieOutsideOfThem(final String occurredAt) {
            assertThat(FieldRules.occurredAt(Instant.parse(occurredAt)))
                    .get()
                    .extracting(Violation::message)
                    .asString()
                    .startsWith("occurredAt '" + Instant.parse(occurredAt) + "' must lie in the years");
        }

        @Test
        void shouldBeRefusedAtTheEndsOfTime() {
            assertThat(FieldRules.occurredAt(Instant.MIN)).isPresent();
            assertThat(FieldRules.occurredAt(Instant.MAX)).isPresent();
            assertThat(FieldRules.occurredAt(Instant.ofEpochMilli(Long.MIN_VALUE)))
                    .isPresent();
            assertThat(FieldRules.occurredAt(null)).isPresent();
        }
    }

    @Nested
    class Properties {
        @Test
        void shouldHaveAtMost50Entries() {
            assertThat(FieldRules.properties(Map.of())).isEmpty();
            assertThat(FieldRules.properties(entries(50))).isEmpty();
            assertThat(FieldRules.properties(entries(51)))
                    .contains(new Violation("properties", "51 entries", "have at most 50 entries"));
            assertThat(FieldRules.properties(null)).isPresent();
        }

        @Test
        void shouldHaveValuesOfAtMost1000Characters() {
            assertThat(FieldRules.properties(Map.of("a", ""))).isEmpty();
            assertThat(FieldRules.properties(Map.of("a", "x".repeat(1_000)))).isEmpty();
            assertThat(FieldRules.properties(Map.of("a", EMOJI.repeat(1_000)))).isEmpty();
            assertThat(FieldRules.properties(Map.of("a", "x".repeat(1_001))))
                    .get()
                    .satisfies(violation -> {
                        assertThat(violation.field()).isEqualTo("properties[a]");
                        assertThat(violation.value()).hasSize(81).endsWith("…");
                        assertThat(violation.rule()).isEqualTo("be a text of at most 1000 characters");
                    });
        }

        @Test
        void shouldHaveValuesThatArePresentAndWellFormed() {
            assertThat(FieldRules.properties(java.util.Collections.singletonMap("a", null)))
                    .isPresent();
            assertThat(FieldRules.properties(Map.of("a", "\uD83D"))).isPresent();
            assertThat(FieldRules.properties(Map.of("a", "b\uFFFD"))).isPresent();
            assertThat(FieldRules.properties(Map.of("a", "two\nlines"))).isEmpty();
        }

        @Test
        void shouldBeNamedInTheViolationWithoutWhatCouldForgeALine() {
            assertThat(FieldRules.properties(Map.of("a\nb", "c")))
                    .get()
                    .extracting(Violation::field)
                    .isEqualTo("properties[a\\u000ab]");
        }

        private Map<String, String> entries(final int count) {
            return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "name" + i, i -> "value"));
        }
    }

    @Nested
    class WholeEvent {
        @Test
        void shouldPassWhereEachFieldKeepsItsRule() {
            assertThat(FieldRules.check(event().build())).isEmpty();
            assertThat(FieldRules.check(
                            event().setKind(UsageKind.VOID).setVoidedKey("k0").build()))
                    .isEmpty();
        }

        @Test
        void shouldNameAVoidedKeyForAVoidAndForNothingElse() {
            assertThat(FieldRules.check(event().setKind(UsageKind.VOID).build()))
                    .get()
                    .extracting(Violation::field)
                    .isEqualTo("voidedKey");
            assertThat(FieldRules.check(event().setVoidedKey("k0").build()))
                    .contains(new Violation("voidedKey", "k0", "be absent unless kind is VOID"));
            assertThat(FieldRules.check(event().setVoidedKey("").build())).isPresent();
        }

        @Test
        void shouldReportTheFirstViolationInTheOrderOfTheSchema() {
            final UsageEvent.Builder broken = event().setCustomerId("")
                    .setFeature("F")
                    .setValue(new BigDecimal("1E+40"))
                    .setIdempotencyKey("")
                    .setOccurredAt(Instant.MAX)
                    .setProperties(new HashMap<>(Map.of("", "")))
                    .setVoidedKey("k0");

            assertField(broken, "customerId");
            assertField(broken.setCustomerId("acme"), "feature");
            assertField(broken.setFeature("api_calls"), "value");
            assertField(broken.setValue(BigDecimal.ONE), "idempotencyKey");
            assertField(broken.setIdempotencyKey("k1"), "occurredAt");
            assertField(broken.setOccurredAt(Instant.EPOCH), "properties[]");
            assertField(broken.setProperties(Map.of()), "voidedKey");
            assertThat(FieldRules.check(broken.setVoidedKey(null).build())).isEmpty();
        }

        private void assertField(final UsageEvent.Builder event, final String field) {
            assertThat(FieldRules.check(event.build()))
                    .get()
                    .extracting(Violation::field)
                    .isEqualTo(field);
        }
    }

    private static UsageEvent.Builder event() {
        return UsageEvent.newBuilder()
                .setCustomerId("acme")
                .setFeature("api_calls")
                .setValue(BigDecimal.ONE)
                .setIdempotencyKey("k1")
                .setOccurredAt(Instant.parse("2026-03-10T12:00:00Z"))
                .setProperties(Map.of())
                .setKind(UsageKind.USAGE)
                .setVoidedKey(null);
    }
}
