package dev.driftless.streams.domain;

import static dev.driftless.streams.domain.Examples.APRIL;
import static dev.driftless.streams.domain.Examples.MARCH;
import static dev.driftless.streams.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.streams.domain.Feature.ValueLimits;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AggregateTest {
    private static final AggregateKey KEY = new AggregateKey("acme", "api_calls", MARCH, List.of());
    private static final String LARGEST = "99999999999999999999999999999.999999999";
    private static final String SMALLEST = "0.000000001";

    @Test
    void shouldOpenEmpty() {
        final Aggregate opened = open(Aggregation.SUM);

        assertThat(opened.quantity()).isZero();
        assertThat(opened.eventCount()).isZero();
        assertThat(opened.duplicateCount()).isZero();
        assertThat(opened.firstOccurredAt()).isEmpty();
        assertThat(opened.lastOccurredAt()).isEmpty();
        assertThat(opened.countedKeys()).isEqualTo(CountedKeysDigest.EMPTY);
        assertThat(opened.status()).isEqualTo(PeriodStatus.OPEN);
        assertThat(opened.emission()).isEqualTo(Emission.NONE);
    }

    @Nested
    class Sum {
        @Test
        void shouldAddExactlyWhereABinaryNumberWouldNot() {
            assertThat(count(open(Aggregation.SUM), "0.1", "0.2").quantity()).isEqualByComparingTo("0.3");
            assertThat(count(open(Aggregation.SUM), LARGEST, "-1", SMALLEST, "-" + SMALLEST, "1")
                            .quantity())
                    .isEqualByComparingTo(LARGEST);
        }

        @Test
        void shouldTakeNegativeValuesOff() {
            assertThat(count(open(Aggregation.SUM), "5", "-7.5").quantity()).isEqualByComparingTo("-2.5");
        }

        @Test
        void shouldNotLeaveTheRangeOfADecimalOnEitherSide() {
            final Aggregate largest = count(open(Aggregation.SUM), LARGEST);
            final Aggregate least = count(open(Aggregation.SUM), "-" + LARGEST);

            assertThat(largest.count(event(SMALLEST), hash("k"), feature(Aggregation.SUM)))
                    .isEmpty();
            assertThat(least.count(event("-" + SMALLEST), hash("k"), feature(Aggregation.SUM)))
                    .isEmpty();
            assertThat(largest.count(event(LARGEST), hash("k"), feature(Aggregation.SUM)))
                    .isEmpty();
            assertThat(count(largest, "0", "-" + SMALLEST, SMALLEST).quantity()).isEqualByComparingTo(LARGEST);
        }
    }

    @Nested
    class Count {
        @Test
        void shouldCountEventsWhateverTheirValues() {
            assertThat(count(open(Aggregation.COUNT), "100", "-3", "0").quantity())
                    .isEqualByComparingTo("3");
        }
    }

    @Nested
    class Max {
        @Test
        void shouldKeepTheLargestValue() {
            assertThat(count(open(Aggregation.MAX), "2", "7.5", "3").quantity()).isEqualByComparingTo("7.5");
        }

        @Test
        void shouldBeNegativeWhereAllValuesAre() {
            assertThat(count(open(Aggregation.MAX), "-7", "-2", "-3").quantity())
                    .isEqualByComparingTo("-2");
        }

        @Test
        void shouldHoldTheLargestNumberThereIs() {
            assertThat(count(open(Aggregation.MAX), LARGEST, LARGEST).quantity())
                    .isEqualByComparingTo(LARGEST);
        }
    }

    @Nested
    class Latest {
        @Test
        void shouldKeepTheValueThatOccurredLastInWhateverOrderEventsArrive() {
            final Aggregate aggregate = count(count(count(open(Aggregation.LATEST), "2", 5), "7", 9), "3", 1);

            assertThat(aggregate.quantity()).isEqualByComparingTo("7");
            assertThat(aggregate.firstOccurredAt()).contains(NOON.plusSeconds(1));
            assertThat(aggregate.lastOccurredAt()).contains(NOON.plusSeconds(9));
        }

        @Test
        void shouldGiveATieToTheEventThatComesLaterInTheLog() {
            assertThat(count(count(open(Aggregation.LATEST), "2", 5), "-1", 5).quantity())
                    .isEqualByComparingTo("-1");
            assertThat(count(count(count(open(Aggregation.LATEST), "2", 5), "-1", 5), "8", 4)
                            .quantity())
                    .isEqualByComparingTo("-1");
        }

        @Test
        void shouldKeepTheFirstValueThoughItIsZero() {
            assertThat(count(count(open(Aggregation.LATEST), "0", 5), "4", 4).quantity())
                    .isEqualByComparingTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SUM", "COUNT", "MAX", "LATEST"})
    void shouldKeepTheBoundsOfOccurrenceWhateverTheOrder(final Aggregation aggregation) {
        final Aggregate aggregate = count(count(count(open(aggregation), "1", 5), "1", 2), "1", 3);

        assertThat(aggregate.eventCount()).isEqualTo(3);
        assertThat(aggregate.firstOccurredAt()).contains(NOON.plusSeconds(2));
        assertThat(aggregate.lastOccurredAt()).contains(NOON.plusSeconds(5));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNIQUE", "OTHER"})
    void shouldNotKnowHowToAccumulateWhatThisBuildDoesNotSupport(final Aggregation aggregation) {
        assertThat(Quantities.of(aggregation)).isEmpty();
    }

    @Test
    void shouldDigestTheCountedKeysAndNotTheCopies() {
        final Aggregate counted = open(Aggregation.SUM)
                .count(event("1"), hash("a"), feature(Aggregation.SUM))
                .flatMap(one -> one.repeat().count(event("2"), hash("b"), feature(Aggregation.SUM)))
                .orElseThrow();

        assertThat(counted.countedKeys())
                .isEqualTo(CountedKeysDigest.EMPTY.plus(hash("b")).plus(hash("a")));
    }

    @Test
    void shouldNoteACopyAndBillNothing() {
        final Aggregate counted = count(open(Aggregation.SUM), "2.5");
        final Aggregate repeated = counted.repeat().repeat();

        assertThat(repeated.duplicateCount()).isEqualTo(2);
        assertThat(repeated)
                .usingRecursiveComparison()
                .ignoringFields("duplicateCount")
                .isEqualTo(counted);
    }

    @Test
    void shouldGoOnAsItWasOpenedThoughTheCatalogNowSaysOtherwise() {
        final Aggregate aggregate = count(open(Aggregation.MAX), "5", "3");
        final Feature changed =
                new Feature("api_calls", 7, Aggregation.SUM, "thousand calls", List.of(), List.of(), ValueLimits.NONE);

        final Aggregate after = aggregate.count(event("4"), hash("k"), changed).orElseThrow();

        assertThat(after.aggregation()).isEqualTo(Aggregation.MAX);
        assertThat(after.unit()).isEqualTo("call");
        assertThat(after.quantity()).isEqualByComparingTo("5");
        assertThat(after.catalogRevision()).isEqualTo(7);
    }

    @Test
    void shouldNotChangeItself() {
        final Aggregate opened = open(Aggregation.SUM);
        count(opened, "5");
        opened.repeat();

        assertThat(opened).isEqualTo(open(Aggregation.SUM));
    }

    private static Aggregate open(final Aggregation aggregation) {
        return Aggregate.open(KEY, APRIL, feature(aggregation));
    }

    private static Aggregate count(final Aggregate before, final String... values) {
        Aggregate after = before;
        for (final String value : values) {
            after = count(after, value, 0);
        }
        return after;
    }

    private static Aggregate count(final Aggregate before, final String value, final int secondsAfterNoon) {
        final Feature feature = feature(before.aggregation());
        return before.count(Examples.event(value, NOON.plusSeconds(secondsAfterNoon)), hash("k"), feature)
                .orElseThrow();
    }

    private static Feature feature(final Aggregation aggregation) {
        return Examples.feature(aggregation);
    }

    private static Event event(final String value) {
        return Examples.event(new BigDecimal(value).toPlainString(), NOON);
    }

    private static KeyHash hash(final String key) {
        return KeyHash.of("acme", key);
    }
}
