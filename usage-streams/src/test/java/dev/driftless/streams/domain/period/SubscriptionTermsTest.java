package dev.driftless.streams.domain.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionTermsTest {
    private static final Term BERLIN_MONTHS = new Term(
            Instant.parse("2026-01-31T12:00:00Z"), PeriodRule.parse("MONTH", "2026-01-31T00:00", "Europe/Berlin"));
    private static final Term TOKYO_WEEKS =
            new Term(Instant.parse("2026-04-10T15:00:00Z"), PeriodRule.parse("WEEK", "2027-01-04T00:00", "Asia/Tokyo"));
    private static final SubscriptionTerms TERMS = new SubscriptionTerms(List.of(BERLIN_MONTHS, TOKYO_WEEKS));

    @ParameterizedTest(name = "{0} is in [{1}, {2})")
    @CsvSource({
        // Calendar months in UTC before the first term, the last one cut off by it
        "2025-12-15T00:00:00Z, 2025-12-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "2026-01-15T00:00:00Z, 2026-01-01T00:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T11:59:59.999Z, 2026-01-01T00:00:00Z, 2026-01-31T12:00:00Z",
        // The first term, whose first period does not start before it
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z, 2026-02-27T23:00:00Z",
        "2026-02-27T23:00:00Z, 2026-02-27T23:00:00Z, 2026-03-30T22:00:00Z",
        // The period in progress when the second term takes over
        "2026-04-10T14:59:59.999Z, 2026-03-30T22:00:00Z, 2026-04-10T15:00:00Z",
        // The second term, counted from an anchor that lies ahead; 13 April 2026 is a Monday
        "2026-04-10T15:00:00Z, 2026-04-10T15:00:00Z, 2026-04-12T15:00:00Z",
        "2026-04-12T15:00:00Z, 2026-04-12T15:00:00Z, 2026-04-19T15:00:00Z",
        "2030-01-01T00:00:00Z, 2029-12-30T15:00:00Z, 2030-01-06T15:00:00Z"
    })
    void shouldPlaceAnInstantByTheTermInEffect(final Instant instant, final Instant start, final Instant end) {
        assertThat(TERMS.periodOf(instant)).isEqualTo(new Period(start, end));
    }

    @Test
    void shouldNotShortenAPeriodThatEndsWhereATermStarts() {
        final SubscriptionTerms terms = new SubscriptionTerms(List.of(
                new Term(Instant.parse("2026-02-01T00:00:00Z"), PeriodRule.parse("DAY", "2026-01-01T00:00", "UTC"))));

        assertThat(terms.periodOf(Instant.parse("2026-01-31T23:59:59.999Z")))
                .isEqualTo(new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z")));
        assertThat(terms.periodOf(Instant.parse("2026-02-01T00:00:00Z")))
                .isEqualTo(new Period(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-02-02T00:00:00Z")));
    }

    @Test
    void shouldFitATermOfOneMillisecondBetweenTwoOthers() {
        final Term brief = new Term(TOKYO_WEEKS.effectiveFrom().minusMillis(1), TOKYO_WEEKS.rule());
        final SubscriptionTerms terms = new SubscriptionTerms(List.of(BERLIN_MONTHS, brief, TOKYO_WEEKS));

        assertThat(terms.periodOf(brief.effectiveFrom()))
                .isEqualTo(new Period(brief.effectiveFrom(), TOKYO_WEEKS.effectiveFrom()));
        assertThat(terms.periodOf(brief.effectiveFrom().minusMillis(1)).end()).isEqualTo(brief.effectiveFrom());
        assertThat(terms.periodOf(TOKYO_WEEKS.effectiveFrom()).start()).isEqualTo(TOKYO_WEEKS.effectiveFrom());
    }

    @Test
    void shouldNotMovePeriodsThatEndedBeforeATermWasAdded() {
        final SubscriptionTerms before = new SubscriptionTerms(List.of(BERLIN_MONTHS));
        final Instant march = Instant.parse("2026-03-15T00:00:00Z");

        assertThat(TERMS.periodOf(march)).isEqualTo(before.periodOf(march));
    }

    @Test
    void shouldRejectAnEmptyListOfTerms() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubscriptionTerms(List.of()))
                .withMessage("terms [] must hold at least one term");
    }

    @Test
    void shouldRejectTermsThatAreNotStrictlyAscending() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubscriptionTerms(List.of(BERLIN_MONTHS, TOKYO_WEEKS, BERLIN_MONTHS)))
                .withMessage("terms[2].effectiveFrom 2026-01-31T12:00:00Z must be later than "
                        + "terms[1].effectiveFrom 2026-04-10T15:00:00Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubscriptionTerms(List.of(BERLIN_MONTHS, BERLIN_MONTHS)));
    }

    @Test
    void shouldRejectATermThatStartsOutsideOfTheYearsOrFinerThanAMillisecond() {
        final PeriodRule rule = PeriodRule.CALENDAR_MONTHS_UTC;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Term(Instant.parse("1969-12-31T23:59:59.999Z"), rule))
                .withMessage("effectiveFrom 1969-12-31T23:59:59.999Z must lie in the years 1970 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Term(Instant.parse("2026-01-01T00:00:00.000000001Z"), rule))
                .withMessage("effectiveFrom 2026-01-01T00:00:00.000000001Z must be a whole number of milliseconds");
    }

    @Test
    void shouldRefuseAnInstantOutsideOfItsYearsWhateverTheTerm() {
        assertThatIllegalArgumentException().isThrownBy(() -> TERMS.periodOf(Instant.EPOCH.minusNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> TERMS.periodOf(Instant.parse("+10000-01-01T00:00:00Z")));
    }

    @Test
    void shouldNotChangeWithTheListThatItWasBuiltFrom() {
        final List<Term> list = new ArrayList<>(List.of(BERLIN_MONTHS));
        final SubscriptionTerms terms = new SubscriptionTerms(list);

        list.add(TOKYO_WEEKS);

        assertThat(terms.terms()).containsExactly(BERLIN_MONTHS);
    }
}
