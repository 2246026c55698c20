package dev.driftless.streams.domain.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Holds the calculator against the oracle in all time zones of this runtime. A failure names the case's seed; {@code
 * -Ddriftless.seed=n} runs other cases.
 */
class PeriodPropertiesTest {
    private static final long SEED = Long.getLong("driftless.seed", 20_260_131L);
    private static final Instant YEARS_END = Instant.parse("+10000-01-01T00:00:00Z");

    private static final int RULES_PER_ZONE = 5;
    private static final int INSTANTS_PER_RULE = 40;
    private static final int TERMS_PER_ZONE = 1;
    private static final int INSTANTS_PER_TERMS = 60;

    @Test
    void shouldPlaceRandomInstantsOfRandomRulesAsTheOracleDoes() {
        int cases = 0;
        for (int i = 0; i < RULES_PER_ZONE * RandomCalendars.ZONES.size(); i++) {
            final long seed = SEED + i;
            final ZoneId zone = zone(i);
            final RandomCalendars random = new RandomCalendars(seed);
            final Instant centre = random.centre(zone);
            final PeriodRule rule = random.rule(zone, centre);
            final NavigableSet<Instant> starts = NaivePeriods.starts(
                    rule,
                    centre.minusSeconds(5 * secondsOf(rule.interval())),
                    centre.plusSeconds(5 * secondsOf(rule.interval())));
            for (final Instant instant : random.instants(INSTANTS_PER_RULE, starts, zone)) {
                assertPlacedBetween(starts, rule, instant, seed);
                cases++;
            }
        }
        assertThat(cases).isGreaterThan(100_000);
    }

    @Test
    void shouldPlaceRandomInstantsOfRandomTermsAsTheOracleDoes() {
        int cases = 0;
        for (int i = 0; i < TERMS_PER_ZONE * RandomCalendars.ZONES.size(); i++) {
            final long seed = SEED - 1 - i;
            final ZoneId zone = zone(i);
            final RandomCalendars random = new RandomCalendars(seed);
            final Instant centre = random.centre(zone);
            final SubscriptionTerms terms = random.terms(zone, centre);
            final NavigableSet<Instant> bounds = bounds(terms);
            for (final Instant instant : random.instants(INSTANTS_PER_TERMS, bounds, zone)) {
                assertPlacedBetween(bounds, terms, instant, seed);
                cases++;
            }
        }
        assertThat(cases).isGreaterThan(30_000);
    }

    @Test
    void shouldStartDaysAsTheOracleDoesAroundEachChangeOfEachClock() {
        final Instant until = Instant.parse("2040-01-01T00:00:00Z");
        int cases = 0;
        for (final ZoneId zone : zonesWithRulesOfTheirOwn()) {
            ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.parse("1970-01-05T00:00:00Z"));
            while (change != null && change.getInstant().isBefore(until)) {
                for (final LocalDateTime anchor : anchorsAt(change)) {
                    assertDaysAround(change.getInstant(), new PeriodRule(Interval.DAY, anchor, zone));
                    cases++;
                }
                change = zone.getRules().nextTransition(change.getInstant());
            }
        }
        assertThat(cases).isGreaterThan(50_000);
    }

    /** Local times just before, at the bounds of, in the middle of and a day before what the change skips or repeats. */
    private static List<LocalDateTime> anchorsAt(final ZoneOffsetTransition change) {
        final LocalDateTime before = change.getDateTimeBefore();
        final LocalDateTime after = change.getDateTimeAfter();
        return List.of(
                before.minusNanos(1_000_000),
                before,
                before.plusSeconds(change.getDuration().toSeconds() / 2),
                after.minusNanos(1_000_000),
                after);
    }

    private static void assertDaysAround(final Instant change, final PeriodRule rule) {
        final NavigableSet<Instant> starts =
                NaivePeriods.starts(rule, change.minus(2, ChronoUnit.DAYS), change.plus(2, ChronoUnit.DAYS));
        final List<Instant> walked = new ArrayList<>(List.of(starts.first()));
        Instant next = starts.first();
        while (next.isBefore(starts.last())) {
            next = rule.periodOf(next).end();
            walked.add(next);
        }
        assertThat(walked).as(rule::toString).containsExactlyElementsOf(starts);
    }

    /** The bounds of a customer's periods: where a term takes over, and the starts within each term's own span. */
    private static NavigableSet<Instant> bounds(final SubscriptionTerms terms) {
        final Instant first = terms.terms().get(0).effectiveFrom();
        final NavigableSet<Instant> bounds = new TreeSet<>(
                NaivePeriods.starts(PeriodRule.CALENDAR_MONTHS_UTC, first.minus(100, ChronoUnit.DAYS), first)
                        .headSet(first, false));
        for (final Term term : terms.terms()) {
            final Instant from = term.effectiveFrom();
            bounds.removeIf(bound -> bound.isAfter(from));
            bounds.add(from);
            bounds.addAll(NaivePeriods.starts(term.rule(), from, from.plus(400, ChronoUnit.DAYS))
                    .tailSet(from, true));
        }
        return bounds;
    }

    private static void assertPlacedBetween(
            final NavigableSet<Instant> bounds, final PeriodCalendar calendar, final Instant instant, final long seed) {
        final Supplier<String> description = () -> "seed " + seed + ": " + instant + " in " + calendar;
        final Period period = calendar.periodOf(instant);

        assertThat(period).as(description).isEqualTo(new Period(bounds.floor(instant), bounds.higher(instant)));
        assertThat(period.contains(instant)).as(description).isTrue();
        assertThat(calendar.periodOf(period.end().minusMillis(1)))
                .as(description)
                .isEqualTo(period);
        if (!period.start().isBefore(Instant.EPOCH)) {
            assertThat(calendar.periodOf(period.start())).as(description).isEqualTo(period);
        }
        if (period.start().isAfter(Instant.EPOCH)) {
            assertThat(calendar.periodOf(period.start().minusMillis(1)).end())
                    .as(description)
                    .isEqualTo(period.start());
        }
        if (period.end().isBefore(YEARS_END)) {
            assertThat(calendar.periodOf(period.end()).start()).as(description).isEqualTo(period.end());
        }
    }

    private static Collection<ZoneId> zonesWithRulesOfTheirOwn() {
        final Map<ZoneRules, ZoneId> zones = new LinkedHashMap<>();
        RandomCalendars.ZONES.forEach(zone -> zones.putIfAbsent(zone.getRules(), zone));
        return zones.values();
    }

    private static ZoneId zone(final int i) {
        return RandomCalendars.ZONES.get(i % RandomCalendars.ZONES.size());
    }

    private static long secondsOf(final Interval interval) {
        return switch (interval) {
            case DAY -> 86_400L;
            case WEEK -> 7 * 86_400L;
            case MONTH -> 30 * 86_400L;
            case QUARTER -> 91 * 86_400L;
            case YEAR -> 365 * 86_400L;
        };
    }
}
