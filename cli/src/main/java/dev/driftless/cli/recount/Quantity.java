package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.util.Arrays;

/** How values become a quantity. Another aggregation is one constant. */
enum Quantity {
    SUM {
        @Override
        BigDecimal after(final BigDecimal before, final BigDecimal value) {
            return before.add(value);
        }
    },
    COUNT {
        @Override
        BigDecimal after(final BigDecimal before, final BigDecimal value) {
            return before.add(BigDecimal.ONE);
        }
    };

    /** The quantity after one more event. */
    abstract BigDecimal after(BigDecimal before, BigDecimal value);

    static Quantity named(final String name) {
        return Arrays.stream(values())
                .filter(quantity -> quantity.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RecountException(
                        "aggregation '" + name + "' cannot be recounted: known are " + Arrays.toString(values())));
    }
}
