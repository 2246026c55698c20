package dev.driftless.streams.domain.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.ContentFingerprint;
import dev.driftless.streams.domain.CountedKeysDigest;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Feature.EffectiveInterval;
import dev.driftless.streams.domain.Feature.ValueLimits;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.domain.SourcePosition;
import dev.driftless.streams.domain.Tally;
import dev.driftless.streams.domain.counting.Counting.Placed;
import dev.driftless.streams.domain.counting.Counting.Result;
import dev.driftless.streams.domain.period.PeriodCalendar;
import dev.driftless.streams.domain.period.PeriodRule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counting and taking back, without Kafka. What a biller sees of it stands in docs/cases.md. */
class CountingTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant LATE = Instant.parse("2026-04-05T12:00:00Z");
    private static final Duration GRACE = Duration.ofHours(1);
    private static final PeriodCalendar MONTHS = PeriodRule.CALENDAR_MONTHS_UTC;
    private static final PeriodCalendar WEEKS = PeriodRule.parse("WEEK", "2026-03-01T00:00", "UTC");

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Counting counting = counting(LatePolicy.AMEND);

    @Test
    void shouldOpenTheAggregateOfThePeriodThatHoldsTheEvent() {
        final Aggregate aggregate = moved(counting.count(placed("a", "2.5", NOON, NOON), MONTHS));

        assertThat(aggregate.key()).isEqualTo(new AggregateKey("acme", "gb", MARCH, List.of()));
        assertThat(aggregate.periodEnd()).isEqualTo(APRIL);
        assertThat(aggregate.status()).isEqualTo(PeriodStatus.OPEN);
        assertThat(aggregate.tally().quantity()).isEqualByComparingTo("2.5");
        assertThat(aggregate.sourceOffset()).isEqualTo(7);
    }

    @Test
    void shouldLetAnAggregateThatExistsKeepItsEndWhateverTheCalendarSaysNow() {
        count("a", "1", NOON, NOON);

        final Aggregate aggregate = moved(counting.count(placed("b", "2", MARCH.plusSeconds(1), NOON), WEEKS));

        assertThat(aggregate.periodEnd()).isEqualTo(APRIL);
        assertThat(aggregate.tally().quantity()).isEqualByComparingTo("3");
    }

    @Test
    void shouldCloseAnAggregateThatIsOverBeforeALateEventAmendsIt() {
        count("a", "1", NOON, NOON);

        final Aggregate aggregate = moved(counting.count(placed("b", "2", NOON, APRIL.plus(GRACE)), MONTHS));

        assertThat(ledger.closed()).containsExactly(aggregate.key());
        assertThat(aggregate.status()).isEqualTo(PeriodStatus.AMENDED);
        assertThat(aggregate.emission().revision()).isEqualTo(2);
        assertThat(aggregate.tally().lateCount()).isEqualTo(1);
    }

    @Test
    void shouldCloseNothingTwiceAndNothingThatHoldsNothing() {
        count("a", "1", NOON, NOON);
        ledger.put(moved(counting.count(placed("b", "2", NOON, LATE), MONTHS)));
        ledger.put(moved(counting.count(placed("c", "2", NOON, LATE), MONTHS)));
        counting.count(placed(feature("calls", Aggregation.COUNT), "d", "2", NOON, LATE), MONTHS);

        assertThat(ledger.closed()).hasSize(1);
    }

    @Test
    void shouldTakeEachEventUntilTheLastMillisecondOfTheGraceAsInTime() {
        count("a", "1", NOON, NOON);

        final Aggregate aggregate =
                moved(counting.count(placed("b", "2", NOON, APRIL.plus(GRACE).minusMillis(1)), MONTHS));

        assertThat(aggregate.status()).isEqualTo(PeriodStatus.OPEN);
        assertThat(aggregate.tally().lateCount()).isZero();
    }

    @Test
    void shouldTakeWhatIsClosedForOverThoughTheGraceHasBecomeLonger() {
        ledger.put(count("a", "1", NOON, NOON).with(PeriodStatus.CLOSED));
        final Counting patient = new Counting(new ClosingRules(Duration.ofDays(30), LatePolicy.REJECT, 1_000), ledger);

        assertThat(refusal(patient.count(placed("b", "2", NOON, LATE), MONTHS)).reason())
                .isEqualTo(RejectionReason.PERIOD_CLOSED);
    }

    @Test
    void shouldCountALateEventIntoThePeriodOfItsArrivalWhereThePolicySaysNext() {
        final Aggregate aggregate = moved(counting(LatePolicy.NEXT).count(placed("a", "2", NOON, LATE), MONTHS));

        assertThat(aggregate.key().periodStart()).isEqualTo(APRIL);
        assertThat(aggregate.status()).isEqualTo(PeriodStatus.OPEN);
        assertThat(aggregate.tally().lateCount()).isEqualTo(1);
    }

    @Test
    void shouldAmendWhatIsOverWhereTheCalendarHasNoOtherPeriodForTheArrival() {
        final Aggregate cut = count("a", "1", NOON, NOON).endingAt(NOON.plusSeconds(1));
        ledger.put(cut.with(PeriodStatus.CLOSED));
        final Instant now = Instant.parse("2026-03-20T12:00:00Z");

        final Aggregate aggregate = moved(counting(LatePolicy.NEXT).count(placed("b", "2", now, now), MONTHS));

        assertThat(aggregate.key()).isEqualTo(cut.key());
        assertThat(aggregate.status()).isEqualTo(PeriodStatus.AMENDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Aggregation.class,
            names = {"SUM", "COUNT", "UNIQUE"})
    void shouldComeToTheSameAsIfWhatIsTakenBackHadNeverBeen(final Aggregation aggregation) {
        final Feature feature = feature("gb", aggregation);
        final Random random = new Random(20_260_310);
        for (int round = 0; round < 200; round++) {
            final InMemoryLedger withVoids = new InMemoryLedger();
            final InMemoryLedger without = new InMemoryLedger();
            final List<Placed> all = randomEvents(feature, random);
            final List<Placed> taken = new ArrayList<>(all.subList(0, random.nextInt(all.size())));
            Collections.shuffle(taken, random);

            all.forEach(placed -> withVoids.put(moved(counting(withVoids).count(placed, MONTHS))));
            taken.forEach(placed ->
                    withVoids.put(moved(counting(withVoids).takeBack(placed, MONTHS, mark(placed, MARCH, 0)))));
            all.stream()
                    .filter(placed -> !taken.contains(placed))
                    .forEach(placed -> without.put(moved(counting(without).count(placed, MONTHS))));

            final Tally tally = tallyIn(withVoids, feature);
            final Tally expected = tallyIn(without, feature);
            assertThat(tally.quantity()).isEqualByComparingTo(expected.quantity());
            assertThat(tally.eventCount()).isEqualTo(expected.eventCount());
            assertThat(tally.countedKeys()).isEqualTo(expected.countedKeys());
            assertThat(tally.voidCount()).isEqualTo(taken.size());
            assertThat(withVoids.distinctValues()).isEqualTo(without.distinctValues());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Aggregation.class,
            names = {"MAX", "LATEST"})
    void shouldRefuseToTakeBackWhereTheRestCannotBeTold(final Aggregation aggregation) {
        final Placed placed = placed(feature("gb", aggregation), "a", "2", NOON, NOON);
        ledger.put(moved(counting.count(placed, MONTHS)));

        final Refusal refusal = refusal(counting.takeBack(placed, MONTHS, mark(placed, MARCH, 0)));

        assertThat(refusal.reason()).isEqualTo(RejectionReason.INVALID);
        assertThat(refusal.detail()).contains("aggregation " + aggregation).contains("'gb'");
        assertThat(counting.judgeVoid(feature("gb", aggregation))).isPresent();
    }

    @Test
    void shouldRefuseToTakeBackFromAnAggregateThatIsDropped() {
        final Placed placed = placed("a", "2", NOON, LATE);

        assertThat(refusal(counting.takeBack(placed, MONTHS, mark(placed, MARCH, 0)))
                        .reason())
                .isEqualTo(RejectionReason.PERIOD_CLOSED);
    }

    @Test
    void shouldFindTheAggregateOfAnEventThoughItsFeatureGroupsOtherwiseNow() {
        final Feature grouped = grouped("region");
        final Placed before = placed(grouped, "a", "2", NOON, NOON);
        final Aggregate counted = ledger.put(moved(counting.count(before, MONTHS)));
        final Placed after = placed(feature("gb", Aggregation.SUM), "b", "5", NOON, NOON);
        ledger.put(moved(counting.count(after, MONTHS)));

        final Placed voided = placed(feature("gb", Aggregation.SUM), "a", "2", NOON, NOON);
        final Mark mark = mark(voided, MARCH, counted.key().grouping());
        final Aggregate aggregate = moved(counting.takeBack(voided, MONTHS, mark));

        assertThat(aggregate.key()).isEqualTo(counted.key());
        assertThat(aggregate.tally().quantity()).isEqualByComparingTo("0");
        assertThat(counting.countedInto(before.event(), mark, Optional.empty()))
                .hasValueSatisfying(found -> assertThat(found.key()).isEqualTo(counted.key()));
    }

    @Test
    void shouldNotTakeBackInAnOpenPeriodThatAggregatesOtherwise() {
        final Counting next = counting(LatePolicy.NEXT);
        final Placed placed = placed("a", "2", NOON, NOON);
        ledger.put(moved(next.count(placed, MONTHS)));
        final Feature maximum = feature("gb", Aggregation.MAX);
        ledger.put(moved(next.count(placed(maximum, "b", "9", LATE, LATE), MONTHS)));

        final Result result = next.takeBack(placed(maximum, "a", "2", LATE, LATE), MONTHS, mark(placed, MARCH, 0));

        assertThat(refusal(result).reason()).isEqualTo(RejectionReason.PERIOD_CLOSED);
    }

    @Test
    void shouldLeaveNoTraceOfAGroupTooMany() {
        final Counting one = new Counting(new ClosingRules(GRACE, LatePolicy.AMEND, 1), ledger);
        final Feature feature = new Feature(
                "gb",
                1,
                Aggregation.UNIQUE,
                "unit",
                List.of(),
                List.of("region"),
                Optional.of("user"),
                ValueLimits.NONE,
                Optional.empty());
        ledger.put(moved(one.count(placed(feature, "a", Map.of("region", "eu", "user", "ann")), MONTHS)));

        final Result result = one.count(placed(feature, "b", Map.of("region", "us", "user", "bob")), MONTHS);

        assertThat(refusal(result).reason()).isEqualTo(RejectionReason.INVALID);
        assertThat(ledger.distinctValues()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAVoidThatWouldLeaveTheRange() {
        count("a", "-1", NOON, NOON);
        count("b", "-99999999999999999999999999998.999999999", NOON, NOON);
        final Placed huge = placed("c", "5", NOON, NOON);

        assertThat(refusal(counting.takeBack(huge, MONTHS, mark(huge, MARCH, 0)))
                        .reason())
                .isEqualTo(RejectionReason.OVERFLOW);
    }

    @Test
    void shouldNoteAVoidOnArrivalWithoutBillingAnything() {
        final Aggregate aggregate = moved(counting.noteVoidOnArrival(placed("a", "2", NOON, NOON), MONTHS));

        assertThat(aggregate.tally().quantity()).isEqualByComparingTo("0");
        assertThat(aggregate.tally().eventCount()).isZero();
        assertThat(aggregate.tally().voidCount()).isEqualTo(1);
        assertThat(aggregate.tally().countedKeys()).isEqualTo(CountedKeysDigest.EMPTY);
    }

    private Counting counting(final LatePolicy policy) {
        return new Counting(new ClosingRules(GRACE, policy, 1_000), ledger);
    }

    private static Counting counting(final Ledger ledger) {
        return new Counting(ClosingRules.DEFAULT, ledger);
    }

    private Aggregate count(final String key, final String value, final Instant occurredAt, final Instant now) {
        return ledger.put(moved(counting.count(placed(key, value, occurredAt, now), MONTHS)));
    }

    private static Tally tallyIn(final InMemoryLedger ledger, final Feature feature) {
        return ledger.find(new AggregateKey("acme", feature.code(), MARCH, List.of()))
                .map(Aggregate::tally)
                .orElse(Tally.EMPTY);
    }

    private static List<Placed> randomEvents(final Feature feature, final Random random) {
        return Stream.generate(() -> placed(
                        feature,
                        "k" + random.nextLong(),
                        BigDecimal.valueOf(random.nextInt(), random.nextInt(10)).toPlainString(),
                        NOON,
                        NOON,
                        Map.of("user", "u" + random.nextInt(5))))
                .limit(1 + random.nextInt(20))
                .toList();
    }

    private static Feature feature(final String code, final Aggregation aggregation) {
        return new Feature(
                code,
                1,
                aggregation,
                "unit",
                List.of(new EffectiveInterval(Instant.EPOCH, Optional.empty())),
                List.of(),
                aggregation == Aggregation.UNIQUE ? Optional.of("user") : Optional.empty(),
                ValueLimits.NONE,
                Optional.empty());
    }

    private static Feature grouped(final String property) {
        return new Feature(
                "gb",
                1,
                Aggregation.SUM,
                "unit",
                List.of(),
                List.of(property),
                Optional.empty(),
                ValueLimits.NONE,
                Optional.empty());
    }

    private static Placed placed(final String key, final String value, final Instant occurredAt, final Instant now) {
        return placed(feature("gb", Aggregation.SUM), key, value, occurredAt, now);
    }

    private static Placed placed(
            final Feature feature, final String key, final String value, final Instant occurredAt, final Instant now) {
        return placed(feature, key, value, occurredAt, now, Map.of());
    }

    private static Placed placed(final Feature feature, final String key, final Map<String, String> properties) {
        return placed(feature, key, "1", NOON, NOON, properties);
    }

    private static Placed placed(
            final Feature feature,
            final String key,
            final String value,
            final Instant occurredAt,
            final Instant now,
            final Map<String, String> properties) {
        final Event event = new Event(
                "acme",
                feature.code(),
                new BigDecimal(value),
                key,
                occurredAt,
                properties,
                UsageKind.USAGE,
                Optional.empty());
        return new Placed(event, KeyHash.of("acme", key), feature, now, 7);
    }

    private static Mark mark(final Placed placed, final Instant periodStart, final int grouping) {
        return new Mark(
                Mark.State.COUNTED,
                ContentFingerprint.of(placed.event()),
                new SourcePosition(0, 0),
                placed.now(),
                periodStart,
                grouping,
                placed.event().value());
    }

    private static Aggregate moved(final Result result) {
        assertThat(result).isInstanceOf(Result.Moved.class);
        return ((Result.Moved) result).aggregate();
    }

    private static Refusal refusal(final Result result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) result).refusal();
    }
}
