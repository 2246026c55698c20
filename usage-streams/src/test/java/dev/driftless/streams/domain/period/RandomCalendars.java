package dev.driftless.streams.domain.period;

import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Random rules, terms and instants, with a taste for the days and times at which calendars go wrong. */
final class RandomCalendars {
    /** All time zones of this runtime, in an order that does not change from run to run. */
    static final List<ZoneId> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

    private static final List<Interval> INTERVALS = List.of(Interval.values());
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LIMIT = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Instant BUSY_YEARS_END = Instant.parse("2060-01-01T00:00:00Z");
    private static final long MILLIS_PER_DAY = 86_400_000;

    private final SplittableRandom random;

    RandomCalendars(final long seed) {
        random = new SplittableRandom(seed);
    }

    /** An instant to look around at: usually near a change of the zone's clock, now and then in any year. */
    Instant centre(final ZoneId zone) {
        final Instant any = random.nextInt(10) == 0 ? between(FIRST, LIMIT) : between(FIRST, BUSY_YEARS_END);
        final ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        return change == null || random.nextInt(4) == 0
                ? any
                : inRange(change.getInstant().plusMillis(random.nextLong(-3 * MILLIS_PER_DAY, 3 * MILLIS_PER_DAY)));
    }

    /** A rule whose anchor lies on either side of the centre, up to 3,000 intervals away. */
    PeriodRule rule(final ZoneId zone, final Instant centre) {
        final Interval interval = INTERVALS.get(random.nextInt(INTERVALS.size()));
        final long index = random.nextInt(3) == 0 ? random.nextInt(-3_000, 3_000) : random.nextInt(-60, 60);
        final LocalDate near = interval.localStart(LocalDateTime.ofInstant(centre, zone), index)
                .toLocalDate();
        final LocalDate date = anchorDay(near);
        final LocalDate inYears = date.withYear(Math.min(9999, Math.max(1970, date.getYear())));
        return new PeriodRule(interval, inYears.atTime(anchorTime(zone, centre)), zone);
    }

    /** One to five terms, from a moment to half a year apart, around the centre. */
    SubscriptionTerms terms(final ZoneId zone, final Instant centre) {
        final List<Term> terms = new ArrayList<>();
        Instant from = inRange(centre.minusMillis(random.nextLong(200 * MILLIS_PER_DAY)));
        final int count = random.nextInt(1, 6);
        while (terms.size() < count && from.isBefore(LIMIT)) {
            terms.add(new Term(from, rule(random.nextBoolean() ? zone : anyZone(), centre)));
            final long longest = random.nextBoolean() ? 180 * MILLIS_PER_DAY : MILLIS_PER_DAY;
            from = from.plusMillis(random.nextLong(1, longest));
        }
        return new SubscriptionTerms(terms);
    }

    /** Instants of a window: period bounds, changes of the clock, both a moment off, and others. */
    List<Instant> instants(final int count, final NavigableSet<Instant> bounds, final ZoneId zone) {
        final NavigableSet<Instant> marks = new TreeSet<>(bounds);
        ZoneOffsetTransition change = zone.getRules().nextTransition(bounds.first());
        while (change != null && change.getInstant().isBefore(bounds.last())) {
            marks.add(change.getInstant());
            change = zone.getRules().nextTransition(change.getInstant());
        }
        final List<Instant> pool = List.copyOf(marks);
        final List<Instant> instants = new ArrayList<>();
        while (instants.size() < count) {
            final Instant instant = random.nextBoolean()
                    ? between(bounds.first(), bounds.last()).plusNanos(random.nextInt(1_000_000))
                    : pool.get(random.nextInt(pool.size())).plusMillis(random.nextInt(-1, 2));
            if (!instant.isBefore(bounds.first()) && instant.isBefore(bounds.last()) && isInRange(instant)) {
                instants.add(instant);
            }
        }
        return instants;
    }

    private LocalDate anchorDay(final LocalDate near) {
        return switch (random.nextInt(5)) {
            case 0 -> near.withDayOfMonth(near.lengthOfMonth());
            case 1 -> near.withMonth(1).withDayOfMonth(random.nextInt(28, 32));
            case 2 -> near.withMonth(2).withDayOfMonth(near.isLeapYear() ? 29 : 28);
            default -> near;
        };
    }

    private LocalTime anchorTime(final ZoneId zone, final Instant centre) {
        final ZoneOffsetTransition change = zone.getRules().nextTransition(centre.minus(4, ChronoUnit.DAYS));
        return switch (random.nextInt(change == null ? 2 : 4)) {
            case 0 -> LocalTime.MIDNIGHT;
            case 1 -> LocalTime.ofNanoOfDay(random.nextLong(MILLIS_PER_DAY) * 1_000_000);
            case 2 -> change.getDateTimeBefore().toLocalTime();
            default -> insideOf(change);
        };
    }

    private LocalTime insideOf(final ZoneOffsetTransition change) {
        final Duration length = change.getDuration().abs();
        return change.getDateTimeAfter()
                .toLocalTime()
                .plus(random.nextLong(-length.toMillis(), length.toMillis() + 1), ChronoUnit.MILLIS);
    }

    private ZoneId anyZone() {
        return ZONES.get(random.nextInt(ZONES.size()));
    }

    private Instant between(final Instant from, final Instant to) {
        return Instant.ofEpochMilli(random.nextLong(from.toEpochMilli(), to.toEpochMilli()));
    }

    private static boolean isInRange(final Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(LIMIT);
    }

    private static Instant inRange(final Instant instant) {
        if (instant.isBefore(FIRST)) {
            return FIRST;
        }
        return instant.isBefore(LIMIT) ? instant : LIMIT.minusMillis(1);
    }
}
