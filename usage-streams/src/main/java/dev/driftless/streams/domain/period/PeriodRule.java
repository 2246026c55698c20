package dev.driftless.streams.domain.period;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.rules.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;

/**
 * A calendar of periods of equal length, counted from an anchor on the wall clock of a time zone. It tiles the time line
 * without gap or overlap, before the anchor as well as after it, and finds the period of an instant in constant time.
 * The anchor's day is clamped to the month's length, always from the original: 31 January, 28 February, 31 March. The
 * answer is a pure function of its input and of the time-zone data of the Java runtime.
 *
 * <p><b>Starts.</b> Period {@code n} has the local start <i>anchor + n intervals</i>, by calendar arithmetic from the
 * anchor itself; adding to the start before would let a clamped day stick at the 28th. It starts at <em>the first instant
 * at which the zone's clock shows the local start or a later time</em>. That settles each case where clocks are changed:
 *
 * <ul>
 *   <li>A local start that exists once is that instant.
 *   <li>A local start in a gap, which the clock skips, is the instant of the change, at the end of the gap. It is not
 *       moved on by the length of the gap, as {@link java.time.ZonedDateTime} would: where midnight is skipped and the
 *       day begins at 01:00, an anchor at 00:30 gives 01:00, not 01:30.
 *   <li>A local start in an overlap, which the clock shows twice, is the first of the two: the earlier offset.
 *   <li>Where a zone skips a whole date (Samoa skipped 30 December 2011), the local starts in the gap share one instant.
 *       A period that would begin and end at it does not exist; its index is passed over.
 * </ul>
 *
 * <p><b>Why the periods tile.</b> A later local start is never reached earlier by "the first instant that shows it or a
 * later time", so the sequence of starts never goes back. Hence for each instant {@code t} there is exactly one
 * {@code n} with {@code start(n) <= t < start(n + 1)}, and that period is not empty. The code asks the zone for the one
 * change of the clock that touches a local start, which is the definition as long as no two changes touch the same local
 * time. Since 1970 they are days apart; a test holds the code against the definition at each of them up to 2040.
 *
 * <p><b>Finding it.</b> The number of whole intervals between the anchor and the wall clock at {@code t} is {@code n} or
 * next to it: a count cut off towards zero, a clamped day or a change of the clock puts it off. The search goes on from
 * there until the period holds {@code t}, so that only its speed rests on the estimate, whatever the distance from the
 * anchor.
 *
 * <p><b>Time-zone data</b> is an input like the rule itself. A runtime with a later release of it moves those starts
 * that a government's decision moved, so all instances of one installation need the same release.
 *
 * @param interval length of a period
 * @param anchor a local time at which a period starts; in the years 1970 to 9999, in whole milliseconds
 * @param zone time zone of the anchor
 */
public record PeriodRule(Interval interval, LocalDateTime anchor, ZoneId zone) implements PeriodCalendar {

    /** Calendar months in UTC, which apply where no subscription says otherwise. */
    public static final PeriodRule CALENDAR_MONTHS_UTC =
            new PeriodRule(Interval.MONTH, LocalDateTime.parse("1970-01-01T00:00"), ZoneId.of("UTC"));

    private static final String ANCHOR_FORM =
            "be a local date and time in ISO 8601 without offset, for instance 2026-01-31T00:00";
    private static final String ZONE_FORM = "be a region of the IANA time-zone database, for instance Europe/Berlin";

    /** @throws IllegalArgumentException if the anchor is outside of these years or not in whole milliseconds */
    public PeriodRule {
        requireNonNull(interval);
        requireNonNull(zone);
        Timeline.requireWithin("anchor", requireNonNull(anchor));
        Timeline.requireWholeMillis("anchor", anchor);
    }

    /**
     * Reads a rule from the texts of a subscription.
     *
     * @param interval name of an {@link Interval}, for instance {@code MONTH}
     * @param anchor local date and time in ISO 8601 without offset, for instance {@code 2026-01-31T00:00}
     * @param timeZone region of the IANA time-zone database, for instance {@code Europe/Berlin}; not an offset
     * @throws IllegalArgumentException if one of them breaks its rule; the message names it
     */
    public static PeriodRule parse(final String interval, final String anchor, final String timeZone) {
        return new PeriodRule(parseInterval(interval), parseAnchor(anchor), parseZone(timeZone));
    }

    @Override
    public Period periodOf(final Instant instant) {
        Timeline.requireWithin("instant", instant);
        long index = interval.wholeIntervals(anchor, LocalDateTime.ofInstant(instant, zone));
        Instant start = start(index);
        Instant end = start(index + 1);
        while (start.isAfter(instant)) {
            index--;
            end = start;
            start = start(index);
        }
        while (!end.isAfter(instant)) {
            index++;
            start = end;
            end = start(index + 1);
        }
        return new Period(start, end);
    }

    private Instant start(final long index) {
        final LocalDateTime local = interval.localStart(anchor, index);
        final ZoneRules rules = zone.getRules();
        final ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return transition.isGap() ? transition.getInstant() : local.toInstant(transition.getOffsetBefore());
    }

    private static Interval parseInterval(final String interval) {
        return Arrays.stream(Interval.values())
                .filter(known -> known.name().equals(interval))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        refusal("interval", interval, "be one of " + Arrays.toString(Interval.values()))));
    }

    private static LocalDateTime parseAnchor(final String anchor) {
        try {
            return LocalDateTime.parse(anchor);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(refusal("anchor", anchor, ANCHOR_FORM), e);
        }
    }

    private static ZoneId parseZone(final String timeZone) {
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(timeZone)) {
            throw new IllegalArgumentException(refusal("timeZone", timeZone, ZONE_FORM));
        }
        return ZoneId.of(timeZone);
    }

    private static String refusal(final String field, final String value, final String rule) {
        return field + " '" + Violation.shown(value) + "' must " + rule;
    }
}
