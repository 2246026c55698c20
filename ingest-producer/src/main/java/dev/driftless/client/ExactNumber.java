package dev.driftless.client;

import dev.driftless.schemas.rules.Violation;
import java.math.BigDecimal;
import java.util.List;

/** Decimal numbers as they are written, never through a {@code double}. */
final class ExactNumber {
    /** Parsing takes time that grows with the square of the length; a valid number needs far fewer characters. */
    private static final int LONGEST_TEXT = 200;

    private ExactNumber() {}

    /** @throws InvalidUsageException if the text is not a number or is too long to be a sensible one */
    static BigDecimal parse(final String text) {
        if (text == null || text.length() > LONGEST_TEXT) {
            throw notANumber(text);
        }
        try {
            return new BigDecimal(text);
        } catch (final NumberFormatException e) {
            throw notANumber(text);
        }
    }

    /** The form in which equal numbers are equal: no zeros at the end, no exponent. */
    static BigDecimal canonical(final BigDecimal value) {
        final BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static InvalidUsageException notANumber(final String text) {
        return new InvalidUsageException(List.of(new Violation(
                "value",
                Violation.shown(String.valueOf(text)),
                "be a decimal number of at most " + LONGEST_TEXT + " characters, for instance 12.5")));
    }
}
