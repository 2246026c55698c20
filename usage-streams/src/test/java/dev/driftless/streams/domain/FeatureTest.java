package dev.driftless.streams.domain;

import static dev.driftless.streams.domain.Examples.MARCH;
import static dev.driftless.streams.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.AggregateKey.GroupValue;
import dev.driftless.streams.domain.Feature.EffectiveInterval;
import dev.driftless.streams.domain.Feature.ValueLimits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeatureTest {
    private static final Instant ONE = NOON;
    private static final Instant TWO = NOON.plusSeconds(60);
    private static final Instant THREE = NOON.plusSeconds(120);

    @Test
    void shouldBeInEffectFromTheFirstInstantToTheOneBeforeTheEnd() {
        final Feature feature = effective(new EffectiveInterval(ONE, Optional.of(TWO)));

        assertNotInEffect(feature, ONE.minusMillis(1));
        assertThat(feature.judgeTime(at(ONE))).isEmpty();
        assertThat(feature.judgeTime(at(TWO.minusMillis(1)))).isEmpty();
        assertNotInEffect(feature, TWO);
    }

    @Test
    void shouldBeInEffectAgainAfterAGap() {
        final Feature feature =
                effective(new EffectiveInterval(ONE, Optional.of(TWO)), new EffectiveInterval(THREE, Optional.empty()));

        assertThat(feature.judgeTime(at(ONE))).isEmpty();
        assertNotInEffect(feature, TWO);
        assertNotInEffect(feature, THREE.minusMillis(1));
        assertThat(feature.judgeTime(at(THREE))).isEmpty();
        assertThat(feature.judgeTime(at(Instant.parse("9998-12-31T23:59:59.999Z"))))
                .isEmpty();
    }

    @Test
    void shouldNeverBeInEffectWithoutAnInterval() {
        assertNotInEffect(effective(), NOON);
    }

    @Test
    void shouldAdmitAnyValueWithoutLimits() {
        final Feature feature = Examples.feature(Aggregation.SUM);

        assertThat(feature.judgeValue(Examples.event("-99999999999999999999999999999.999999999", NOON)))
                .isEmpty();
        assertThat(feature.judgeValue(Examples.event("0", NOON))).isEmpty();
    }

    @Test
    void shouldAdmitTheLimitsThemselvesAndNothingBeyond() {
        final Feature feature = limited("-1.5", "2", false);

        assertThat(feature.judgeValue(Examples.event("-1.5", NOON))).isEmpty();
        assertThat(feature.judgeValue(Examples.event("2.000000000", NOON))).isEmpty();
        assertThat(feature.judgeValue(Examples.event("-1.500000001", NOON)))
                .contains(new Refusal(
                        RejectionReason.INVALID, "value '-1.500000001' must be at least -1.5 for feature 'api_calls'"));
        assertThat(feature.judgeValue(Examples.event("2.000000001", NOON)))
                .contains(new Refusal(
                        RejectionReason.INVALID, "value '2.000000001' must be at most 2 for feature 'api_calls'"));
    }

    @Test
    void shouldTakeANumberForWholeWhateverZerosFollowThePoint() {
        final Feature feature = limited("-10", "1E+20", true);

        for (final String whole : List.of("0", "0.0", "-3", "7.000000000", "1E+2", "100")) {
            assertThat(feature.judgeValue(Examples.event(whole, NOON)))
                    .as(whole)
                    .isEmpty();
        }
        for (final String broken : List.of("0.000000001", "-3.5", "7.1")) {
            assertThat(feature.judgeValue(Examples.event(broken, NOON)))
                    .as(broken)
                    .contains(new Refusal(
                            RejectionReason.INVALID,
                            "value '" + new BigDecimal(broken).toPlainString()
                                    + "' must be a whole number for feature 'api_calls'"));
        }
    }

    @Test
    void shouldSplitItsUsageByTheGroupPropertiesInTheirOrder() {
        final Feature feature = new Feature(
                "api_calls",
                1,
                Aggregation.SUM,
                "call",
                List.of(),
                List.of("region", "model"),
                Optional.empty(),
                ValueLimits.NONE,
                Optional.empty());
        final Event event = Examples.event(
                "other_code", "1", Map.of("region", "eu", "user", "u1"), UsageKind.USAGE, Optional.empty(), NOON);

        assertThat(feature.aggregateKey(event, MARCH))
                .isEqualTo(new AggregateKey(
                        "acme",
                        "api_calls",
                        MARCH,
                        List.of(new GroupValue("region", "eu"), new GroupValue("model", ""))));
    }

    @Test
    void shouldNotChangeWithTheListsItWasMadeOf() {
        final List<EffectiveInterval> intervals = new ArrayList<>();
        final List<String> groups = new ArrayList<>(List.of("region"));
        final Feature feature = new Feature(
                "api_calls",
                1,
                Aggregation.SUM,
                "call",
                intervals,
                groups,
                Optional.empty(),
                ValueLimits.NONE,
                Optional.empty());
        intervals.add(new EffectiveInterval(Instant.EPOCH, Optional.empty()));
        groups.clear();

        assertNotInEffect(feature, NOON);
        assertThat(feature.groupBy()).containsExactly("region");
    }

    private static void assertNotInEffect(final Feature feature, final Instant instant) {
        assertThat(feature.judgeTime(at(instant)))
                .contains(new Refusal(
                        RejectionReason.FEATURE_NOT_IN_EFFECT,
                        "feature 'api_calls' is not in effect at occurredAt '" + instant + "'"));
    }

    private static Event at(final Instant instant) {
        return Examples.event("1", instant);
    }

    private static Feature effective(final EffectiveInterval... intervals) {
        return new Feature(
                "api_calls",
                1,
                Aggregation.SUM,
                "call",
                List.of(intervals),
                List.of(),
                Optional.empty(),
                ValueLimits.NONE,
                Optional.empty());
    }

    private static Feature limited(final String minimum, final String maximum, final boolean wholeNumbers) {
        return Examples.feature(
                Aggregation.SUM,
                1,
                new ValueLimits(
                        Optional.of(new BigDecimal(minimum)), Optional.of(new BigDecimal(maximum)), wholeNumbers));
    }
}
