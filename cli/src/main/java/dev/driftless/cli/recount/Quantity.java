package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Totals.Distinct;
import java.util.Arrays;
import java.util.Optional;

/** How values become a quantity. Another aggregation is one constant and one {@link Total}. */
enum Quantity {
    SUM(true, true),
    COUNT(true, true),
    MAX(false, false),
    LATEST(false, false),
    UNIQUE(true, false);

    private final boolean canTakeBack;
    private final boolean isAdditive;

    Quantity(final boolean canTakeBack, final boolean isAdditive) {
        this.canTakeBack = canTakeBack;
        this.isAdditive = isAdditive;
    }

    /** Whether an event can be taken back. */
    boolean canTakeBack() {
        return canTakeBack;
    }

    /** Whether an event can be taken back in another aggregate than the one into which it was counted. */
    boolean isAdditive() {
        return isAdditive;
    }

    /** A total of nothing. */
    Total open(final Optional<String> uniqueProperty, final Distinct values) {
        return switch (this) {
            case SUM -> new Totals.Sum();
            case COUNT -> new Totals.Count();
            case MAX -> new Totals.Max();
            case LATEST -> new Totals.Latest();
            case UNIQUE -> new Totals.Unique(uniqueProperty.orElseThrow(), values);
        };
    }

    static Quantity named(final String name) {
        return Arrays.stream(values())
                .filter(quantity -> quantity.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RecountException(
                        "aggregation '" + name + "' cannot be recounted: known are " + Arrays.toString(values())));
    }
}
