package dev.driftless.streams.domain.period;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** Length of a period, counted on the calendar, not on the clock: a day may have 23 hours. */
public enum Interval {
    DAY(ChronoUnit.DAYS, 1),
    WEEK(ChronoUnit.WEEKS, 1),
    MONTH(ChronoUnit.MONTHS, 1),
    QUARTER(ChronoUnit.MONTHS, 3),
    YEAR(ChronoUnit.YEARS, 1);

    private final ChronoUnit unit;
    private final int units;

    Interval(final ChronoUnit unit, final int units) {
        this.unit = unit;
        this.units = units;
    }

    /**
     * Local start of the period with this index; 0 starts at the anchor. The day is the anchor's, or the last of a month
     * that has no such day.
     */
    LocalDateTime localStart(final LocalDateTime anchor, final long index) {
        return anchor.plus(index * units, unit);
    }

    /** Number of whole intervals from the anchor to a local time, cut off towards zero; negative before the anchor. */
    long wholeIntervals(final LocalDateTime anchor, final LocalDateTime local) {
        return unit.between(anchor, local) / units;
    }
}
