package dev.driftless.streams.app.query;

import java.math.BigDecimal;

/** Numbers as text. */
final class Numbers {
    private Numbers() {}

    /** Without an exponent and without zeros at its end. */
    static String plain(final BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
