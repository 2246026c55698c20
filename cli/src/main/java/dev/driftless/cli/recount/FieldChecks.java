package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.util.Map;

/** The contract's rules of an event's fields, as this recount reads them. */
final class FieldChecks {
    private static final BigDecimal VALUE_LIMIT = BigDecimal.ONE.scaleByPowerOfTen(29);
    /** 9999-01-01T00:00:00Z in milliseconds. */
    private static final long TIME_LIMIT = 253_370_764_800_000L;

    private static final int REPLACEMENT = 0xFFFD;
    private static final String USAGE = "USAGE";

    private FieldChecks() {}

    static boolean areKept(final RawEvent event) {
        return isIdentifier(event.customer(), 200)
                && isFeatureCode(event.feature())
                && isQuantity(event.value())
                && isIdentifier(event.key(), 256)
                && event.occurredAt() >= 0
                && event.occurredAt() < TIME_LIMIT
                && areProperties(event.properties())
                && isVoidedKey(event);
    }

    /** Whether {@code decimal(38,9)} holds a number of scale 9. */
    static boolean isQuantity(final BigDecimal value) {
        return value.abs().compareTo(VALUE_LIMIT) < 0;
    }

    private static boolean isFeatureCode(final String code) {
        if (code.isEmpty() || code.length() > 100 || !isLowerCase(code.charAt(0))) {
            return false;
        }
        return code.chars().allMatch(letter -> isLowerCase(letter) || isDigit(letter) || letter == '_');
    }

    private static boolean isLowerCase(final int letter) {
        return letter >= 'a' && letter <= 'z';
    }

    private static boolean isDigit(final int letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean areProperties(final Map<String, String> properties) {
        return properties.size() <= 50
                && properties.entrySet().stream()
                        .allMatch(property -> isIdentifier(property.getKey(), 100)
                                && characters(property.getValue()) <= 1_000
                                && isWellFormed(property.getValue()));
    }

    private static boolean isVoidedKey(final RawEvent event) {
        return event.kind().equals(USAGE)
                ? event.voidedKey().isEmpty()
                : event.voidedKey().filter(key -> isIdentifier(key, 256)).isPresent();
    }

    private static boolean isIdentifier(final String text, final int most) {
        return !text.isBlank()
                && characters(text) <= most
                && text.chars().noneMatch(Character::isISOControl)
                && isWellFormed(text);
    }

    private static int characters(final String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isWellFormed(final String text) {
        return text.codePoints()
                .noneMatch(character -> character == REPLACEMENT
                        || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE));
    }
}
