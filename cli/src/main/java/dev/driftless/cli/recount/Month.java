package dev.driftless.cli.recount;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * A calendar month in UTC: the billing period of a customer without a subscription.
 *
 * @param start first millisecond
 * @param end first millisecond after it
 */
record Month(long start, long end) {
    static Month of(final long instant) {
        final YearMonth month = YearMonth.from(Instant.ofEpochMilli(instant).atOffset(ZoneOffset.UTC));
        return new Month(millis(month), millis(month.plusMonths(1)));
    }

    private static long millis(final YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
