package dev.driftless.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.driftless.schemas.rules.Violation;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final String EMOJI = "\uD83D\uDE80";

    @Test
    void shouldDefaultToOneUnitNowUnderAGeneratedKeyOfVersionSeven() {
        final Instant before = Instant.now().minusMillis(1);

        final Usage usage = valid().build();

        assertThat(usage.value()).isEqualTo(BigDecimal.ONE);
        assertThat(usage.occurredAt()).isBetween(before, Instant.now());
        assertThat(usage.properties()).isEmpty();
        assertThat(UUID.fromString(usage.idempotencyKey()).version()).isEqualTo(7);
    }

    @Test
    void shouldGenerateAnotherKeyForEachEventThatIsBuilt() {
        final Usage.Builder builder = valid();

        assertThat(builder.build().idempotencyKey())
                .isNotEqualTo(builder.build().idempotencyKey());
    }

    @Test
    void shouldKeepEveryFieldAsItWasGiven() {
        final Usage usage = Usage.builder()
                .customer("Kundin " + EMOJI)
                .feature("api_calls")
                .value("12.34567890e-1")
                .idempotencyKey("order 7")
                .occurredAt(Instant.parse("2026-03-29T01:00:00.123456789Z"))
                .properties(Map.of("region", "eu"))
                .property("model", EMOJI)
                .build();

        assertThat(usage.customer()).isEqualTo("Kundin " + EMOJI);
        assertThat(usage.value()).isEqualTo(new BigDecimal("1.23456789"));
        assertThat(usage.idempotencyKey()).isEqualTo("order 7");
        assertThat(usage.occurredAt()).isEqualTo(Instant.parse("2026-03-29T01:00:00.123Z"));
        assertThat(usage.properties()).containsExactly(Map.entry("model", EMOJI), Map.entry("region", "eu"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-7.5",
                "0.000000001",
                "1.000000000000000",
                "1e28",
                "0e999999999",
                "99999999999999999999999999999.999999999",
                "-99999999999999999999999999999.999999999"
            })
    void shouldAcceptEveryNumberThatTheSchemaHoldsExactly(final String number) {
        assertThat(valid().value(number).build().value()).isEqualByComparingTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0000000001",
                "1.0000000001",
                "1e29",
                "100000000000000000000000000000",
                "1e999999",
                "-1e2147483647",
                "1e-2147483647"
            })
    @Timeout(1)
    void shouldRefuseANumberThatTheSchemaCannotHoldExactlyAndDoSoFast(final String number) {
        assertRefused(valid().value(number), "value", "have at most 29 digits before and 9 after the decimal point");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "1,5", "NaN", "Infinity", "0x10", "1 ", "1e2147483648", "one"})
    void shouldRefuseATextThatIsNotANumber(final String text) {
        assertThatThrownBy(() -> valid().value(text))
                .isInstanceOf(InvalidUsageException.class)
                .hasMessage("value '" + text + "' must be a decimal number of at most 200 characters,"
                        + " for instance 12.5");
    }

    @Test
    @Timeout(1)
    void shouldRefuseANumberOfAMillionDigitsWithoutReadingIt() {
        assertThatThrownBy(() -> valid().value("9".repeat(1_000_000)))
                .isInstanceOf(InvalidUsageException.class)
                .hasMessageContaining("value '9999")
                .hasMessageContaining("at most 200 characters");
    }

    @Test
    @Timeout(1)
    void shouldRefuseAnEnormousBigDecimalFast() {
        assertRefused(
                valid().value(new BigDecimal(BigInteger.ONE.shiftLeft(10_000_000))),
                "value",
                "have at most 29 digits before and 9 after the decimal point");
    }

    @Test
    void shouldOfferNoWayToPassABinaryFraction() {
        assertThat(Arrays.stream(Usage.Builder.class.getMethods())
                        .filter(method -> method.getName().equals("value"))
                        .map(Method::getParameterTypes))
                .containsExactlyInAnyOrder(
                        new Class<?>[] {long.class}, new Class<?>[] {BigDecimal.class}, new Class<?>[] {String.class});
    }

    @ParameterizedTest
    @MethodSource("badIdentifiers")
    void shouldRefuseACustomerThatBreaksItsRule(final String customer, final String rule) {
        assertRefused(valid().customer(customer), "customerId", rule.replace("N", "200"));
    }

    @ParameterizedTest
    @MethodSource("badIdentifiers")
    void shouldRefuseAKeyThatBreaksItsRuleAndNeverReplaceItByAGeneratedOne(final String key, final String rule) {
        assertRefused(valid().idempotencyKey(key), "idempotencyKey", rule.replace("N", "256"));
    }

    static Stream<Arguments> badIdentifiers() {
        return Stream.of(
                Arguments.of(null, "be 1 to N characters"),
                Arguments.of("", "be 1 to N characters"),
                Arguments.of("x".repeat(257), "be 1 to N characters"),
                Arguments.of(" \u2003", "not be blank"),
                Arguments.of("a\u0000b", "have no control characters"),
                Arguments.of("a\nb", "have no control characters"),
                Arguments.of("a\uD83D", "be well-formed Unicode"),
                Arguments.of("\uDE80a", "be well-formed Unicode"),
                Arguments.of("a\uFFFD", "be well-formed Unicode"));
    }

    @Test
    void shouldCountCharactersNotBytes() {
        assertThat(valid().customer(EMOJI.repeat(200)).build().customer()).hasSize(400);
        assertRefused(valid().customer(EMOJI.repeat(201)), "customerId", "be 1 to 200 characters");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "API", "1x", "_x", "a-b", "a b", "api_calls\n", "ä"})
    void shouldRefuseAFeatureThatIsNotACode(final String feature) {
        assertRefused(valid().feature(feature), "feature", "match ^[a-z][a-z0-9_]{0,99}$");
    }

    @Test
    void shouldRefuseATimeOutsideOfTheYearsThatAnEventMayCarry() {
        final String rule = "lie in the years 1970 to 9998";

        assertRefused(valid().occurredAt(null), "occurredAt", rule);
        assertRefused(valid().occurredAt(Instant.EPOCH.minusMillis(1)), "occurredAt", rule);
        assertRefused(valid().occurredAt(Instant.parse("9999-01-01T00:00:00Z")), "occurredAt", rule);
        assertRefused(valid().occurredAt(Instant.MAX), "occurredAt", rule);
    }

    @Test
    void shouldRefusePropertiesBeyondTheirLimits() {
        final Map<String, String> many = new HashMap<>();
        for (int number = 0; number <= 50; number++) {
            many.put("p" + number, "");
        }

        assertRefused(valid().properties(many), "properties", "have at most 50 entries");
        assertRefused(valid().property("", "x"), "properties[]", "be 1 to 100 characters");
        assertRefused(valid().property(null, "x"), "properties[null]", "be 1 to 100 characters");
        assertRefused(valid().property("p", null), "properties[p]", "be a text of at most 1000 characters");
        assertRefused(valid().property("p", "x".repeat(1001)), "properties[p]", "be a text of at most 1000 characters");
        assertRefused(valid().property("p", "\uD83D"), "properties[p]", "be well-formed Unicode");
        assertThatThrownBy(() -> valid().properties(null))
                .isInstanceOf(InvalidUsageException.class)
                .hasMessageStartingWith("properties 'null' must be a map");
    }

    @Test
    void shouldAcceptPropertiesAtTheirLimits() {
        final Usage.Builder builder = valid();
        for (int number = 0; number < 50; number++) {
            builder.property(String.format("%0100d", number), EMOJI.repeat(1000));
        }

        assertThat(builder.build().properties()).hasSize(50);
    }

    @Test
    void shouldNameEveryFieldThatBreaksItsRuleAtOnce() {
        final InvalidUsageException refusal = catchThrowableOfType(
                InvalidUsageException.class,
                () -> Usage.builder().feature("API").value("0.0000000001").build());

        assertThat(refusal.violations()).extracting(Violation::field).containsExactly("customerId", "feature", "value");
        assertThat(refusal.violation()).isEqualTo(refusal.violations().get(0));
        assertThat(refusal).hasMessageContaining("feature 'API' must match ^[a-z][a-z0-9_]{0,99}$");
    }

    @Test
    void shouldNotChangeWhenWhatItWasBuiltFromChanges() {
        final Map<String, String> properties = new HashMap<>(Map.of("region", "eu"));
        final Usage.Builder builder = valid().properties(properties);
        final Usage usage = builder.build();

        properties.put("region", "us");
        builder.property("region", "us").value(2);

        assertThat(usage.properties()).containsExactly(Map.entry("region", "eu"));
        assertThat(usage.value()).isEqualTo(BigDecimal.ONE);
        assertThatThrownBy(() -> usage.properties().put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldEqualAnEventWithTheSameFieldsHoweverTheNumberIsWritten() {
        final Usage.Builder builder = valid().idempotencyKey("k").occurredAt(Instant.EPOCH.plus(Duration.ofDays(1)));

        assertThat(builder.value("1e2").build())
                .isEqualTo(builder.value(100).build())
                .hasSameHashCodeAs(builder.value("100.000").build())
                .isNotEqualTo(builder.value("100.1").build())
                .isNotEqualTo(builder.value(100).idempotencyKey("l").build());
    }

    private static Usage.Builder valid() {
        return Usage.builder().customer("acme").feature("api_calls");
    }

    private static void assertRefused(final Usage.Builder builder, final String field, final String rule) {
        final InvalidUsageException refusal = catchThrowableOfType(InvalidUsageException.class, builder::build);
        assertThat(refusal).isNotNull();
        assertThat(refusal.violation().field()).isEqualTo(field);
        assertThat(refusal.violation().rule()).isEqualTo(rule);
        assertThat(refusal).hasMessage(refusal.violation().message());
    }
}
