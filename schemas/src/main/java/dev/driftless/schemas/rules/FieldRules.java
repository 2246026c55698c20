package dev.driftless.schemas.rules;

import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules of a usage event's fields that an Avro schema cannot express. The client applies them before it sends, the
 * streams application before it counts, so that both refuse the same events for the same reason.
 *
 * <p>Characters are Unicode code points. Text must be well formed: an unpaired surrogate has no UTF-8 form, and U+FFFD
 * is what a decoder puts in place of bytes that it could not read, so that two different keys would become one.
 *
 * <p>Each method returns the first violation, or nothing where the rule holds. All of them take time bounded by a small
 * constant, whatever the size of the number or text.
 */
public final class FieldRules {
    /** Longest customer id, in characters. */
    public static final int CUSTOMER_ID_CHARACTERS = 200;
    /** Longest idempotency key, in characters. */
    public static final int IDEMPOTENCY_KEY_CHARACTERS = 256;
    /** Most entries in an event's properties. */
    public static final int PROPERTIES = 50;
    /** Longest name of a property, in characters. */
    public static final int PROPERTY_NAME_CHARACTERS = 100;
    /** Longest value of a property, in characters. */
    public static final int PROPERTY_VALUE_CHARACTERS = 1_000;
    /** Digits of a quantity in all, as in the schemas' {@code decimal(38,9)}. */
    public static final int PRECISION = 38;
    /** Digits of a quantity after the decimal point, as in the schemas' {@code decimal(38,9)}. */
    public static final int SCALE = 9;
    /** Form of a feature code. */
    public static final Pattern FEATURE_CODE = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    /** First instant that an event may carry. */
    public static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    /** First instant too late for an event to carry; in milliseconds it is well below 2^53. */
    public static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static final BigInteger UNSCALED_LIMIT = BigInteger.TEN.pow(PRECISION);
    /** Numbers of more bits or a larger scale are refused unseen: to look at their digits would take too long. */
    private static final int MOST_BITS = 4 * UNSCALED_LIMIT.bitLength();

    private static final int MOST_SCALE = 1_000;
    private static final String DECIMAL_RULE =
            "have at most " + (PRECISION - SCALE) + " digits before and " + SCALE + " after the decimal point";
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    private FieldRules() {}

    /** Checks all fields of an event, in the order of the schema. */
    public static Optional<Violation> check(final UsageEvent event) {
        return customerId(event.getCustomerId())
                .or(() -> feature(event.getFeature()))
                .or(() -> value(event.getValue()))
                .or(() -> idempotencyKey(event.getIdempotencyKey()))
                .or(() -> occurredAt(event.getOccurredAt()))
                .or(() -> properties(event.getProperties()))
                .or(() -> voidedKey(event.getKind(), event.getVoidedKey()));
    }

    /** 1 to 200 characters, not blank, no control characters, well formed. */
    public static Optional<Violation> customerId(final String customerId) {
        return identifier("customerId", customerId, CUSTOMER_ID_CHARACTERS);
    }

    /** {@code ^[a-z][a-z0-9_]{0,99}$}. */
    public static Optional<Violation> feature(final String feature) {
        return feature != null && FEATURE_CODE.matcher(feature).matches()
                ? Optional.empty()
                : violation("feature", feature, "match ^[a-z][a-z0-9_]{0,99}$");
    }

    /** 1 to 256 characters, not blank, no control characters, well formed. */
    public static Optional<Violation> idempotencyKey(final String idempotencyKey) {
        return identifier("idempotencyKey", idempotencyKey, IDEMPOTENCY_KEY_CHARACTERS);
    }

    /** A number that {@code decimal(38,9)} holds exactly; zeros at the end do not count as decimals. */
    public static Optional<Violation> value(final BigDecimal value) {
        if (value == null) {
            return violation("value", null, "be a number");
        }
        return isExactDecimal(value) ? Optional.empty() : violation("value", shownNumber(value), DECIMAL_RULE);
    }

    /** From 1970 to 9998, both inclusive. Whether it lies too far back or ahead is judged on arrival. */
    public static Optional<Violation> occurredAt(final Instant occurredAt) {
        return occurredAt != null && !occurredAt.isBefore(EARLIEST) && occurredAt.isBefore(LATEST)
                ? Optional.empty()
                : violation("occurredAt", occurredAt, "lie in the years 1970 to 9998");
    }

    /** At most 50 entries; names 1 to 100 characters, values at most 1,000, all well formed. */
    public static Optional<Violation> properties(final Map<String, String> properties) {
        if (properties == null) {
            return violation("properties", null, "be a map, empty where there are none");
        }
        if (properties.size() > PROPERTIES) {
            return violation("properties", properties.size() + " entries", "have at most " + PROPERTIES + " entries");
        }
        for (final Map.Entry<String, String> property : properties.entrySet()) {
            final Optional<Violation> violation = property(property.getKey(), property.getValue());
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> property(final String name, final String value) {
        final String field = "properties[" + Violation.shown(String.valueOf(name)) + "]";
        final Optional<Violation> badName = identifier(field, name, PROPERTY_NAME_CHARACTERS);
        if (badName.isPresent()) {
            return badName;
        }
        if (value == null || exceeds(value, PROPERTY_VALUE_CHARACTERS)) {
            return violation(field, value, "be a text of at most " + PROPERTY_VALUE_CHARACTERS + " characters");
        }
        return isWellFormed(value) ? Optional.empty() : violation(field, value, "be well-formed Unicode");
    }

    /** For a void 1 to 256 characters, not blank, no control characters, well formed; absent otherwise. */
    public static Optional<Violation> voidedKey(final UsageKind kind, final String voidedKey) {
        if (kind == UsageKind.VOID) {
            return identifier("voidedKey", voidedKey, IDEMPOTENCY_KEY_CHARACTERS);
        }
        return voidedKey == null
                ? Optional.empty()
                : violation("voidedKey", voidedKey, "be absent unless kind is VOID");
    }

    private static Optional<Violation> identifier(final String field, final String text, final int most) {
        if (text == null || text.isEmpty() || exceeds(text, most)) {
            return violation(field, text, "be 1 to " + most + " characters");
        }
        if (text.isBlank()) {
            return violation(field, text, "not be blank");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return violation(field, text, "have no control characters");
        }
        return isWellFormed(text) ? Optional.empty() : violation(field, text, "be well-formed Unicode");
    }

    private static boolean exceeds(final String text, final int characters) {
        // A code point is one or two chars, so that most texts need no counting.
        return text.length() > characters
                && (text.length() > 2 * characters || text.codePointCount(0, text.length()) > characters);
    }

    private static boolean isWellFormed(final String text) {
        return text.codePoints()
                .noneMatch(character ->
                        character == REPLACEMENT_CHARACTER || Character.getType(character) == Character.SURROGATE);
    }

    /** Whether {@code decimal(38,9)} holds the number exactly. */
    public static boolean isExactDecimal(final BigDecimal value) {
        if (value.signum() == 0) {
            return true;
        }
        if (value.unscaledValue().bitLength() > MOST_BITS || Math.abs((long) value.scale()) > MOST_SCALE) {
            return false;
        }
        final BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > SCALE || (long) stripped.precision() - stripped.scale() > PRECISION - SCALE) {
            return false;
        }
        return stripped.setScale(SCALE).unscaledValue().abs().compareTo(UNSCALED_LIMIT) < 0;
    }

    private static String shownNumber(final BigDecimal value) {
        return value.unscaledValue().bitLength() > MOST_BITS
                ? "a number of " + value.unscaledValue().bitLength() + " bits"
                : value.toString();
    }

    private static Optional<Violation> violation(final String field, final Object value, final String rule) {
        return Optional.of(Violation.of(field, value, rule));
    }
}
