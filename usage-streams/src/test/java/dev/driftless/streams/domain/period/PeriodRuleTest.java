package dev.driftless.streams.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodRuleTest {

    /** Starts of consecutive periods, each the end of the one before. */
    @ParameterizedTest(name = "{0} from {1} in {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # A day of 23 and one of 25 hours
            DAY     | 2026-01-01T00:00 | Europe/Berlin       | 2026-03-27T23:00Z 2026-03-28T23:00Z 2026-03-29T22:00Z 2026-03-30T22:00Z
            DAY     | 2026-01-01T00:00 | Europe/Berlin       | 2026-10-23T22:00Z 2026-10-24T22:00Z 2026-10-25T23:00Z 2026-10-26T23:00Z
            DAY     | 2026-01-01T00:00 | America/New_York    | 2026-03-07T05:00Z 2026-03-08T05:00Z 2026-03-09T04:00Z 2026-03-10T04:00Z
            DAY     | 2026-01-01T00:00 | America/New_York    | 2026-10-31T04:00Z 2026-11-01T04:00Z 2026-11-02T05:00Z 2026-11-03T05:00Z
            # A local start that the clock skips: the instant of the change, whatever the minute
            DAY     | 2026-01-01T02:00 | Europe/Berlin       | 2026-03-28T01:00Z 2026-03-29T01:00Z 2026-03-30T00:00Z
            DAY     | 2026-01-01T02:30 | Europe/Berlin       | 2026-03-28T01:30Z 2026-03-29T01:00Z 2026-03-30T00:30Z
            DAY     | 2026-01-01T03:00 | Europe/Berlin       | 2026-03-28T02:00Z 2026-03-29T01:00Z 2026-03-30T01:00Z
            # A local start that the clock shows twice: the first of them
            DAY     | 2026-01-01T02:00 | Europe/Berlin       | 2026-10-24T00:00Z 2026-10-25T00:00Z 2026-10-26T01:00Z
            DAY     | 2026-01-01T02:30 | Europe/Berlin       | 2026-10-24T00:30Z 2026-10-25T00:30Z 2026-10-26T01:30Z
            DAY     | 2026-01-01T03:00 | Europe/Berlin       | 2026-10-24T01:00Z 2026-10-25T02:00Z 2026-10-26T02:00Z
            # Clocks changed by half an hour
            DAY     | 2026-01-01T00:00 | Australia/Lord_Howe | 2026-10-02T13:30Z 2026-10-03T13:30Z 2026-10-04T13:00Z 2026-10-05T13:00Z
            DAY     | 2026-01-01T00:00 | Australia/Lord_Howe | 2026-04-03T13:00Z 2026-04-04T13:00Z 2026-04-05T13:30Z 2026-04-06T13:30Z
            DAY     | 2026-01-01T02:15 | Australia/Lord_Howe | 2026-10-02T15:45Z 2026-10-03T15:30Z 2026-10-04T15:15Z
            DAY     | 2026-01-01T01:45 | Australia/Lord_Howe | 2026-04-03T14:45Z 2026-04-04T14:45Z 2026-04-05T15:15Z
            # Offsets of half and quarter hours
            MONTH   | 2026-01-01T00:00 | Asia/Kolkata        | 2025-12-31T18:30Z 2026-01-31T18:30Z 2026-02-28T18:30Z
            DAY     | 2026-01-01T00:00 | Asia/Kathmandu      | 2026-05-31T18:15Z 2026-06-01T18:15Z
            # Clocks changed at midnight: a day that starts at 01:00, and a day whose last hour comes twice
            DAY     | 2018-01-01T00:00 | America/Sao_Paulo   | 2018-11-03T03:00Z 2018-11-04T03:00Z 2018-11-05T02:00Z
            DAY     | 2018-01-01T00:30 | America/Sao_Paulo   | 2018-11-03T03:30Z 2018-11-04T03:00Z 2018-11-05T02:30Z
            DAY     | 2018-01-01T00:00 | America/Sao_Paulo   | 2019-02-16T02:00Z 2019-02-17T03:00Z 2019-02-18T03:00Z
            DAY     | 2018-01-01T23:30 | America/Sao_Paulo   | 2019-02-16T01:30Z 2019-02-17T01:30Z 2019-02-18T02:30Z
            DAY     | 2023-01-01T00:00 | Africa/Cairo        | 2023-04-26T22:00Z 2023-04-27T22:00Z 2023-04-28T21:00Z
            DAY     | 2023-01-01T00:00 | Africa/Cairo        | 2023-10-25T21:00Z 2023-10-26T22:00Z 2023-10-27T22:00Z
            DAY     | 2024-01-01T00:00 | Asia/Beirut         | 2024-03-29T22:00Z 2024-03-30T22:00Z 2024-03-31T21:00Z
            DAY     | 2024-01-01T00:00 | Asia/Beirut         | 2024-10-25T21:00Z 2024-10-26T22:00Z 2024-10-27T22:00Z
            # A date that the zone skipped has no period: 30 December 2011 in Samoa, 21 August 1993 on Kwajalein
            DAY     | 2011-01-01T00:00 | Pacific/Apia        | 2011-12-28T10:00Z 2011-12-29T10:00Z 2011-12-30T10:00Z 2011-12-31T10:00Z
            DAY     | 2011-12-30T00:00 | Pacific/Apia        | 2011-12-28T10:00Z 2011-12-29T10:00Z 2011-12-30T10:00Z 2011-12-31T10:00Z
            DAY     | 2011-01-01T08:00 | Pacific/Apia        | 2011-12-28T18:00Z 2011-12-29T18:00Z 2011-12-30T10:00Z 2011-12-30T18:00Z 2011-12-31T18:00Z
            WEEK    | 2011-12-23T00:00 | Pacific/Apia        | 2011-12-23T10:00Z 2011-12-30T10:00Z 2012-01-05T10:00Z
            MONTH   | 2011-10-30T00:00 | Pacific/Apia        | 2011-10-30T10:00Z 2011-11-30T10:00Z 2011-12-30T10:00Z 2012-01-29T10:00Z
            DAY     | 1993-01-01T00:00 | Pacific/Kwajalein   | 1993-08-19T12:00Z 1993-08-20T12:00Z 1993-08-21T12:00Z 1993-08-22T12:00Z
            # Weeks, months, quarters and years across changed clocks
            WEEK    | 2026-03-23T00:00 | Europe/Berlin       | 2026-03-22T23:00Z 2026-03-29T22:00Z 2026-04-05T22:00Z
            MONTH   | 2026-01-01T00:00 | Europe/Berlin       | 2026-02-28T23:00Z 2026-03-31T22:00Z 2026-04-30T22:00Z
            MONTH   | 2026-01-29T02:30 | Europe/Berlin       | 2026-02-28T01:30Z 2026-03-29T01:00Z 2026-04-29T00:30Z
            QUARTER | 2026-01-01T00:00 | America/New_York    | 2026-01-01T05:00Z 2026-04-01T04:00Z 2026-07-01T04:00Z 2026-10-01T04:00Z 2027-01-01T05:00Z
            YEAR    | 2026-07-01T00:00 | Europe/Berlin       | 2025-06-30T22:00Z 2026-06-30T22:00Z 2027-06-30T22:00Z
            """)
    void shouldStartPeriodsAtTheWallClockOfTheZone(
            final Interval interval, final LocalDateTime anchor, final ZoneId zone, final String starts) {
        assertConsecutive(new PeriodRule(interval, anchor, zone), instants(starts, ""));
    }

    /** Starts of consecutive periods at midnight UTC. */
    @ParameterizedTest(name = "{0} from {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # The day is clamped from the original anchor, forwards and backwards
            MONTH   | 2026-01-31T00:00 | 2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30
            MONTH   | 2026-01-31T00:00 | 2025-08-31 2025-09-30 2025-10-31 2025-11-30 2025-12-31 2026-01-31
            MONTH   | 2026-01-31T00:00 | 2028-01-31 2028-02-29 2028-03-31
            MONTH   | 2026-01-30T00:00 | 2026-01-30 2026-02-28 2026-03-30
            MONTH   | 2026-01-29T00:00 | 2026-01-29 2026-02-28 2026-03-29
            MONTH   | 2026-01-29T00:00 | 2028-01-29 2028-02-29 2028-03-29
            MONTH   | 2026-02-28T00:00 | 2026-02-28 2026-03-28 2026-04-28
            QUARTER | 2025-11-30T00:00 | 2025-08-30 2025-11-30 2026-02-28 2026-05-30 2026-08-30 2026-11-30
            QUARTER | 2025-11-30T00:00 | 2027-11-30 2028-02-29 2028-05-30
            YEAR    | 2024-02-29T00:00 | 2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29 2029-02-28
            YEAR    | 2024-02-29T00:00 | 2019-02-28 2020-02-29 2021-02-28 2022-02-28 2023-02-28 2024-02-29
            YEAR    | 2024-02-29T00:00 | 2099-02-28 2100-02-28 2101-02-28
            # Plain counting on both sides of the anchor
            DAY     | 2026-01-01T00:00 | 2025-12-30 2025-12-31 2026-01-01 2026-01-02
            WEEK    | 2026-01-01T00:00 | 2025-12-18 2025-12-25 2026-01-01 2026-01-08
            # Far from the anchor
            DAY     | 9999-12-31T00:00 | 1970-01-01 1970-01-02 1970-01-03
            DAY     | 1970-01-01T00:00 | 9999-12-29 9999-12-30 9999-12-31
            MONTH   | 9999-12-31T00:00 | 1970-01-31 1970-02-28 1970-03-31
            YEAR    | 1972-02-29T00:00 | 9995-02-28 9996-02-29 9997-02-28
            """)
    void shouldCountOnTheCalendarFromTheOriginalAnchor(
            final Interval interval, final LocalDateTime anchor, final String starts) {
        assertConsecutive(new PeriodRule(interval, anchor, ZoneId.of("UTC")), instants(starts, "T00:00Z"));
    }

    @Test
    void shouldSwitchAtTheAnchorsMillisecond() {
        final PeriodRule rule = PeriodRule.parse("MONTH", "2026-01-31T12:34:56.789", "UTC");

        assertThat(rule.periodOf(Instant.parse("2026-02-28T12:34:56.788999999Z"))
                        .end())
                .isEqualTo("2026-02-28T12:34:56.789Z");
        assertThat(rule.periodOf(Instant.parse("2026-02-28T12:34:56.789Z")).start())
                .isEqualTo("2026-02-28T12:34:56.789Z");
    }

    @Test
    void shouldKeepBothPassesOfARepeatedHourInOnePeriod() {
        final PeriodRule rule = PeriodRule.parse("DAY", "2026-01-01T02:30", "Europe/Berlin");
        final Instant firstPass = Instant.parse("2026-10-25T00:45:00Z");
        final Instant secondPass = Instant.parse("2026-10-25T01:15:00Z");

        assertThat(rule.periodOf(secondPass)).isEqualTo(rule.periodOf(firstPass));
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, 2026-03-29T12:00:00Z, PT23H",
        "DAY, 2026-10-25T12:00:00Z, PT25H",
        "WEEK, 2026-03-29T12:00:00Z, PT167H",
        "WEEK, 2026-10-25T12:00:00Z, PT169H",
        "MONTH, 2026-03-29T12:00:00Z, PT743H",
        "MONTH, 2026-10-25T12:00:00Z, PT745H",
        "QUARTER, 2026-03-29T12:00:00Z, PT2159H",
        "YEAR, 2026-03-29T12:00:00Z, PT8760H"
    })
    void shouldBeAsLongAsTheClocksOfBerlinMakeIt(
            final Interval interval, final Instant instant, final Duration length) {
        // 1 January 2024 is a Monday and the start of a week, month, quarter and year.
        final Period period = new PeriodRule(
                        interval, LocalDateTime.parse("2024-01-01T00:00"), ZoneId.of("Europe/Berlin"))
                .periodOf(instant);

        assertThat(Duration.between(period.start(), period.end())).isEqualTo(length);
    }

    @Test
    void shouldOfferCalendarMonthsInUtc() {
        assertConsecutive(PeriodRule.CALENDAR_MONTHS_UTC, instants("1970-01-01 1970-02-01 1970-03-01", "T00:00Z"));
        assertConsecutive(
                PeriodRule.CALENDAR_MONTHS_UTC, instants("2028-01-01 2028-02-01 2028-03-01 2028-04-01", "T00:00Z"));
    }

    @Test
    void shouldPlaceTheFirstAndTheLastInstantOfItsYears() {
        assertThat(PeriodRule.parse("MONTH", "2026-01-01T00:00", "Asia/Tokyo").periodOf(Instant.EPOCH))
                .isEqualTo(new Period(Instant.parse("1969-12-31T15:00:00Z"), Instant.parse("1970-01-31T15:00:00Z")));
        assertThat(PeriodRule.parse("YEAR", "2026-07-01T00:00", "Pacific/Kiritimati")
                        .periodOf(Instant.parse("9999-12-31T23:59:59.999999999Z")))
                .isEqualTo(new Period(Instant.parse("9999-06-30T10:00:00Z"), Instant.parse("+10000-06-30T10:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999999Z", "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"})
    void shouldRefuseAnInstantOutsideOfItsYears(final Instant instant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeriodRule.CALENDAR_MONTHS_UTC.periodOf(instant))
                .withMessage("instant " + instant + " must lie in the years 1970 to 9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999", "+10000-01-01T00:00"})
    void shouldRejectAnAnchorOutsideOfItsYears(final String anchor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeriodRule.parse("DAY", anchor, "UTC"))
                .withMessage("anchor " + anchor + " must lie in the years 1970 to 9999");
    }

    @Test
    void shouldRejectAnAnchorFinerThanAMillisecond() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeriodRule.parse("DAY", "2026-01-01T00:00:00.0005", "UTC"))
                .withMessage("anchor 2026-01-01T00:00:00.000500 must be a whole number of milliseconds");
    }

    @Test
    void shouldReadARuleFromTheTextsOfASubscription() {
        assertThat(PeriodRule.parse("QUARTER", "2026-01-31T06:00:30", "Australia/Lord_Howe"))
                .isEqualTo(new PeriodRule(
                        Interval.QUARTER,
                        LocalDateTime.parse("2026-01-31T06:00:30"),
                        ZoneId.of("Australia/Lord_Howe")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"month", "FORTNIGHT", ""})
    void shouldRejectAnUnknownInterval(final String interval) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeriodRule.parse(interval, "2026-01-01T00:00", "UTC"))
                .withMessage("interval '" + interval + "' must be one of [DAY, WEEK, MONTH, QUARTER, YEAR]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30T00:00", "2026-01-31", "2026-01-31T00:00Z", "2026-01-31T00:00+01:00", ""})
    void shouldRejectAnAnchorThatIsNotALocalDateAndTime(final String anchor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeriodRule.parse("DAY", anchor, "UTC"))
                .withMessage("anchor '" + anchor
                        + "' must be a local date and time in ISO 8601 without offset, for instance 2026-01-31T00:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Atlantis", "europe/berlin", "+01:00", "UTC+1", "Z", "PST", ""})
    void shouldRejectATimeZoneThatIsNotARegion(final String timeZone) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeriodRule.parse("DAY", "2026-01-01T00:00", timeZone))
                .withMessage("timeZone '" + timeZone
                        + "' must be a region of the IANA time-zone database, for instance Europe/Berlin");
    }

    private static void assertConsecutive(final PeriodCalendar calendar, final List<Instant> starts) {
        for (int i = 1; i < starts.size(); i++) {
            final Period period = new Period(starts.get(i - 1), starts.get(i));
            assertThat(calendar.periodOf(period.start())).isEqualTo(period);
            assertThat(calendar.periodOf(middle(period))).isEqualTo(period);
            assertThat(calendar.periodOf(period.end().minusNanos(1))).isEqualTo(period);
        }
    }

    private static Instant middle(final Period period) {
        return period.start()
                .plus(Duration.between(period.start(), period.end()).dividedBy(2));
    }

    private static List<Instant> instants(final String texts, final String suffix) {
        final List<Instant> instants = new ArrayList<>();
        Arrays.stream(texts.split(" "))
                .map(text -> (text + suffix).replace("Z", ":00Z"))
                .map(Instant::parse)
                .forEach(instants::add);
        return instants;
    }
}
