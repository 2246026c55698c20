package dev.driftless.streams.domain.period;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The oracle: slow, and with nothing in common with the calculator but the definition. It walks start by start from the
 * anchor, clamps the day itself, and finds the first instant at which the clock shows a local time by following the clock
 * forwards through its changes; it never asks the time-zone rules about a local time.
 */
final class NaivePeriods {
    private static final int LONGEST_CLOCK_CHANGE_HOURS = 36;

    private NaivePeriods() {}

    /** All starts from the last one at or before {@code from} to the first one after {@code to}. */
    static NavigableSet<Instant> starts(final PeriodRule rule, final Instant from, final Instant to) {
        final LocalDateTime earliest = utc(from).minusHours(LONGEST_CLOCK_CHANGE_HOURS);
        final LocalDateTime latest = utc(to).plusHours(LONGEST_CLOCK_CHANGE_HOURS);
        long index = 0;
        while (localStart(rule, index).isAfter(earliest)) {
            index--;
        }
        while (!localStart(rule, index + 1).isAfter(earliest)) {
            index++;
        }
        final NavigableSet<Instant> starts = new TreeSet<>();
        LocalDateTime local = localStart(rule, index);
        while (!local.isAfter(latest)) {
            starts.add(firstInstantShowing(local, rule.zone()));
            index++;
            local = localStart(rule, index);
        }
        starts.add(firstInstantShowing(local, rule.zone()));
        return starts.subSet(starts.floor(from), true, starts.higher(to), true);
    }

    /** The first instant at which the zone's clock shows a local time or a later one. */
    static Instant firstInstantShowing(final LocalDateTime local, final ZoneId zone) {
        final ZoneRules rules = zone.getRules();
        final Instant utc = local.toInstant(ZoneOffset.UTC);
        Instant segment = utc.minus(LONGEST_CLOCK_CHANGE_HOURS, ChronoUnit.HOURS);
        while (true) {
            final Instant shown = utc.minusSeconds(rules.getOffset(segment).getTotalSeconds());
            final Instant first = shown.isBefore(segment) ? segment : shown;
            final ZoneOffsetTransition change = rules.nextTransition(segment);
            if (change == null || first.isBefore(change.getInstant())) {
                return first;
            }
            segment = change.getInstant();
        }
    }

    private static LocalDateTime localStart(final PeriodRule rule, final long index) {
        final LocalDate anchor = rule.anchor().toLocalDate();
        final LocalDate date =
                switch (rule.interval()) {
                    case DAY -> LocalDate.ofEpochDay(anchor.toEpochDay() + index);
                    case WEEK -> LocalDate.ofEpochDay(anchor.toEpochDay() + 7 * index);
                    case MONTH -> clamped(anchor, index);
                    case QUARTER -> clamped(anchor, 3 * index);
                    case YEAR -> clamped(anchor, 12 * index);
                };
        return date.atTime(rule.anchor().toLocalTime());
    }

    private static LocalDate clamped(final LocalDate anchor, final long months) {
        final long month = anchor.getYear() * 12L + anchor.getMonthValue() - 1 + months;
        final YearMonth yearMonth = YearMonth.of((int) Math.floorDiv(month, 12L), (int) Math.floorMod(month, 12L) + 1);
        return yearMonth.atDay(Math.min(anchor.getDayOfMonth(), yearMonth.lengthOfMonth()));
    }

    private static LocalDateTime utc(final Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
