package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.BinaryOperator;

/** How values become a quantity. Another aggregation is one constant. */
enum Quantity {
    SUM(BigDecimal::add),
    COUNT((before, value) -> before.add(BigDecimal.ONE));

    private final BinaryOperator<BigDecimal> step;

    Quantity(final BinaryOperator<BigDecimal> step) {
        this.step = step;
    }

    BigDecimal after(final BigDecimal before, final BigDecimal value) {
        return step.apply(before, value);
    }

    static Quantity named(final String name) {
        return Arrays.stream(values())
                .filter(quantity -> quantity.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RecountException(
                        "aggregation '" + name + "' cannot be recounted: known are " + Arrays.toString(values())));
    }
}
