package dev.driftless.streams.topology;

import static dev.driftless.streams.topology.TopologyBed.START;
import static dev.driftless.streams.topology.TopologyBed.decimal;
import static dev.driftless.streams.topology.TopologyBed.definition;
import static dev.driftless.streams.topology.TopologyBed.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.streams.domain.AdmissionWindow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each outcome and each reason of the contract. */
class OutcomesTest {
    private static final Duration ADMISSIBLE_AGE = AdmissionWindow.DEFAULT.admissibleAge();
    private static final Duration CLOCK_SKEW = AdmissionWindow.DEFAULT.clockSkew();

    private TopologyBed bed;

    @BeforeEach
    void setUp() {
        bed = new TopologyBed().feature("storage_gb", Aggregation.SUM).feature("api_calls", Aggregation.COUNT);
    }

    @AfterEach
    void tearDown() {
        bed.close();
    }

    @Test
    void shouldCountAFirstSight() {
        bed.publish(event("storage_gb", "k1").setValue(decimal("2.5")));

        assertThat(bed.account().counted()).isEqualTo(1);
        assertThat(bed.rejections()).isEmpty();
        assertThat(bed.aggregates()).singleElement().satisfies(aggregate -> {
            assertThat(aggregate.getQuantity()).isEqualByComparingTo("2.5");
            assertThat(aggregate.getEventCount()).isEqualTo(1);
            assertThat(aggregate.getPeriodStart()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
            assertThat(aggregate.getPeriodEnd()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
            assertThat(aggregate.getUnit()).isEqualTo("unit");
            assertThat(aggregate.getRevision()).isEqualTo(1);
            assertThat(aggregate.getFirstOccurredAt()).isEqualTo(START);
            assertThat(aggregate.getLastOccurredAt()).isEqualTo(START);
            assertThat(aggregate.getSourcePartition()).isZero();
            assertThat(aggregate.getSourceOffset()).isZero();
            assertThat(aggregate.getCatalogRevision()).isEqualTo(1);
        });
    }

    @Test
    void shouldCountEventsWithoutRegardToTheirValueWhereTheFeatureSaysCount() {
        bed.publish(event("api_calls", "k1").setValue(decimal("250")));
        bed.pass(Duration.ofSeconds(1)).publish(event("api_calls", "k2").setValue(decimal("-3")));

        assertThat(last(bed.aggregates()).getQuantity()).isEqualByComparingTo("2");
    }

    @Test
    void shouldNotBillADuplicateThoughItsTimeIsStampedAnew() {
        bed.publish(event("storage_gb", "k1").setValue(decimal("2.5")));
        bed.pass(Duration.ofSeconds(5))
                .publish(event("storage_gb", "k1").setValue(decimal("2.5")).setOccurredAt(START.plusSeconds(5)));

        assertThat(bed.account().counted()).isEqualTo(1);
        assertThat(bed.account().duplicates()).isEqualTo(1);
        assertThat(bed.rejections()).isEmpty();
        assertThat(last(bed.aggregates())).satisfies(aggregate -> {
            assertThat(aggregate.getQuantity()).isEqualByComparingTo("2.5");
            assertThat(aggregate.getEventCount()).isEqualTo(1);
            assertThat(aggregate.getDuplicateCount()).isEqualTo(1);
            assertThat(aggregate.getLastOccurredAt()).isEqualTo(START);
        });
    }

    @Test
    void shouldTakeADuplicateForOneThoughItWouldByNowBeTooOldAndItsFeatureIsNoLongerInEffect() {
        bed.publish(event("storage_gb", "k1").setOccurredAt(START.minus(ADMISSIBLE_AGE)));
        bed.feature(definition("storage_gb", Aggregation.SUM)
                .setRevision(2)
                .setEffective(List.of(new EffectiveInterval(START.plusSeconds(1), null)))
                .build());
        bed.pass(Duration.ofDays(3)).publish(event("storage_gb", "k1").setOccurredAt(START.minus(ADMISSIBLE_AGE)));

        assertThat(bed.account().duplicates()).isEqualTo(1);
        assertThat(bed.rejections()).isEmpty();
    }

    @Test
    void shouldKeepEqualIdempotencyKeysOfTwoCustomersApart() {
        bed.publish(event("api_calls", "k1"));
        bed.publish(event("api_calls", "k1").setCustomerId("zeta"));

        assertThat(bed.account().counted()).isEqualTo(2);
    }

    @Test
    void shouldRejectOtherContentUnderACountedKeyAndLetTheFirstStand() {
        bed.publish(event("storage_gb", "k1").setValue(decimal("2.5")));
        bed.publish(event("storage_gb", "k1").setValue(decimal("7")));
        bed.publish(event("storage_gb", "k1").setValue(decimal("2.5")).setProperties(Map.of("region", "eu")));
        bed.publish(event("api_calls", "k1").setValue(decimal("2.5")));

        assertThat(bed.rejections()).hasSize(3).allSatisfy(rejected -> {
            assertThat(rejected.getReason()).isEqualTo(RejectionReason.IDEMPOTENCY_CONFLICT);
            assertThat(rejected.getDetail()).contains("'k1'").contains("partition 0, offset 0");
        });
        assertThat(last(bed.aggregates()).getQuantity()).isEqualByComparingTo("2.5");
    }

    @Test
    void shouldRejectARecordThatIsLargerThanAnyMayBeWithoutRepeatingItsBytes() {
        final byte[] key = "acme".getBytes(UTF_8);
        bed.publish(key, new byte[TopologySettings.DEFAULT_MAX_RECORD_BYTES - key.length]);
        bed.publish(key, new byte[TopologySettings.DEFAULT_MAX_RECORD_BYTES - key.length + 1]);

        assertThat(bed.rejections())
                .satisfiesExactly(
                        largest -> {
                            assertThat(largest.getReason()).isEqualTo(RejectionReason.UNDECODABLE);
                            assertThat(largest.getOriginalKey()).isEqualTo(ByteBuffer.wrap(key));
                            assertThat(largest.getOriginalValue().remaining()).isEqualTo(1_048_584);
                        },
                        tooLarge -> {
                            assertThat(tooLarge.getReason()).isEqualTo(RejectionReason.INVALID);
                            assertThat(tooLarge.getDetail())
                                    .isEqualTo("the record has 1048589 bytes uncompressed, at most max-record-bytes"
                                            + " 1048588 are allowed; its bytes are not repeated here");
                            assertThat(tooLarge.getOriginalKey()).isNull();
                            assertThat(tooLarge.getOriginalValue()).isNull();
                            assertThat(tooLarge.getSourceOffset()).isEqualTo(1);
                        });
        assertThat(bed.account().isBalanced()).isTrue();
    }

    @Test
    void shouldRejectWhatIsNoEventWithItsBytes() {
        final byte[] garbage = {0x7b, 1, 2};
        bed.publish("acme".getBytes(UTF_8), garbage);

        assertThat(bed.rejections()).singleElement().satisfies(rejected -> {
            assertThat(rejected.getReason()).isEqualTo(RejectionReason.UNDECODABLE);
            assertThat(rejected.getOriginalKey()).isEqualTo(ByteBuffer.wrap("acme".getBytes(UTF_8)));
            assertThat(rejected.getOriginalValue()).isEqualTo(ByteBuffer.wrap(garbage));
            assertThat(rejected.getCustomerId()).isNull();
            assertThat(rejected.getSourcePartition()).isZero();
            assertThat(rejected.getSourceOffset()).isZero();
            assertThat(rejected.getArrivedAt()).isEqualTo(START);
        });
        assertThat(bed.account().rejected()).containsExactly(Map.entry(RejectionReason.UNDECODABLE, 1L));
    }

    @Test
    void shouldRejectARecordWithoutAValueThatIsNoTick() {
        bed.publish("acme".getBytes(UTF_8), null);
        bed.publish(null, null);

        assertThat(bed.account().rejected()).containsExactly(Map.entry(RejectionReason.UNDECODABLE, 2L));
        assertThat(bed.account().ticks()).isZero();
    }

    @Test
    void shouldRejectAFieldThatBreaksItsRule() {
        bed.publish(event("Not A Code", "k1"));

        final RejectedUsage rejected = single(bed.rejections());
        assertThat(rejected.getReason()).isEqualTo(RejectionReason.INVALID);
        assertThat(rejected.getDetail()).isEqualTo("feature 'Not A Code' must match ^[a-z][a-z0-9_]{0,99}$");
        assertThat(rejected.getCustomerId()).isEqualTo("acme");
        assertThat(rejected.getFeature()).isNull();
        assertThat(rejected.getIdempotencyKey()).isEqualTo("k1");
    }

    @Test
    void shouldRejectAnEventUnderAnotherCustomersKey() {
        final UsageEvent event = event("api_calls", "k1").build();
        bed.publish("zeta".getBytes(UTF_8), bed.encode(event));
        bed.publish(null, bed.encode(event));

        assertThat(bed.rejections()).extracting(RejectedUsage::getReason).containsOnly(RejectionReason.KEY_MISMATCH);
        assertThat(bed.account().rejectedInAll()).isEqualTo(2);
    }

    @Test
    void shouldRejectAFeatureThatTheCatalogDoesNotHaveAndCountItOnceItDoes() {
        bed.publish(event("gpu_seconds", "k1"));
        bed.feature("gpu_seconds", Aggregation.SUM).publish(event("gpu_seconds", "k1"));

        assertThat(single(bed.rejections()).getReason()).isEqualTo(RejectionReason.UNKNOWN_FEATURE);
        assertThat(bed.account().counted()).isEqualTo(1);
    }

    @Test
    void shouldRejectAFeatureWhoseDefinitionCannotBeRead() {
        bed.rawDefinition("broken", new byte[] {1, 2, 3}).publish(event("broken", "k1"));

        assertThat(single(bed.rejections()).getReason()).isEqualTo(RejectionReason.UNKNOWN_FEATURE);
    }

    @Test
    void shouldJudgeTheEffectOfAFeatureAtTheTimeOfTheEvent() {
        bed.feature(definition("seats", Aggregation.SUM)
                .setEffective(List.of(new EffectiveInterval(START.minusSeconds(60), START)))
                .build());
        bed.publish(
                event("seats", "before").setOccurredAt(START.minusSeconds(60).minusMillis(1)));
        bed.publish(event("seats", "first").setOccurredAt(START.minusSeconds(60)));
        bed.publish(event("seats", "last").setOccurredAt(START.minusMillis(1)));
        bed.publish(event("seats", "after").setOccurredAt(START));

        assertThat(bed.rejections())
                .extracting(RejectedUsage::getIdempotencyKey, RejectedUsage::getReason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("before", RejectionReason.FEATURE_NOT_IN_EFFECT),
                        org.assertj.core.groups.Tuple.tuple("after", RejectionReason.FEATURE_NOT_IN_EFFECT));
        assertThat(bed.account().counted()).isEqualTo(2);
    }

    @Test
    void shouldRejectWhatOccurredTooLongBeforeItsArrival() {
        bed.publish(event("api_calls", "just").setOccurredAt(START.minus(ADMISSIBLE_AGE)));
        bed.publish(event("api_calls", "old")
                .setOccurredAt(START.minus(ADMISSIBLE_AGE).minusMillis(1)));

        assertThat(bed.account().counted()).isEqualTo(1);
        assertThat(single(bed.rejections()).getReason()).isEqualTo(RejectionReason.TOO_OLD);
    }

    @Test
    void shouldRejectWhatOccursTooLongAfterItsArrival() {
        bed.publish(event("api_calls", "just").setOccurredAt(START.plus(CLOCK_SKEW)));
        bed.publish(
                event("api_calls", "ahead").setOccurredAt(START.plus(CLOCK_SKEW).plusMillis(1)));

        assertThat(bed.account().counted()).isEqualTo(1);
        assertThat(single(bed.rejections()).getReason()).isEqualTo(RejectionReason.IN_FUTURE);
    }

    @Test
    void shouldRejectAValueOutsideTheFeaturesLimits() {
        bed.feature(definition("seats", Aggregation.SUM)
                .setMinimum(decimal("0"))
                .setMaximum(decimal("100"))
                .setWholeNumbers(true)
                .build());
        bed.publish(event("seats", "k1").setValue(decimal("-1")));
        bed.publish(event("seats", "k2").setValue(decimal("100.000000001")));
        bed.publish(event("seats", "k3").setValue(decimal("1.5")));
        bed.publish(event("seats", "k4").setValue(decimal("100")));

        assertThat(bed.rejections())
                .extracting(RejectedUsage::getDetail)
                .containsExactly(
                        "value '-1.000000000' must be at least 0.000000000 for feature 'seats'",
                        "value '100.000000001' must be at most 100.000000000 for feature 'seats'",
                        "value '1.500000000' must be a whole number for feature 'seats'");
        assertThat(bed.account().counted()).isEqualTo(1);
    }

    @Test
    void shouldRejectWhatWouldLeaveTheRangeOfAQuantityAndNotMarkItsKey() {
        final String largest = "99999999999999999999999999999.999999999";
        bed.publish(event("storage_gb", "k1").setValue(decimal(largest)));
        bed.publish(event("storage_gb", "k2").setValue(decimal("0.000000001")));
        bed.publish(event("storage_gb", "k3").setValue(decimal("-0.000000001")));
        bed.publish(event("storage_gb", "k2").setValue(decimal("0.000000001")));
        bed.pass(Duration.ofSeconds(1)).tick();

        assertThat(single(bed.rejections()).getReason()).isEqualTo(RejectionReason.OVERFLOW);
        assertThat(last(bed.aggregates()).getQuantity()).isEqualByComparingTo(largest);
        assertThat(bed.account().counted()).isEqualTo(3);
    }

    @Test
    void shouldGoOnAfterAPill() {
        bed.publish("acme".getBytes(UTF_8), new byte[] {0, 0, 0, 0, 99, 1});
        bed.publish(event("api_calls", "k1"));

        assertThat(bed.account().counted()).isEqualTo(1);
        assertThat(bed.account().rejectedInAll()).isEqualTo(1);
    }

    private static UsageAggregate last(final List<UsageAggregate> aggregates) {
        return aggregates.get(aggregates.size() - 1);
    }

    private static <T> T single(final List<T> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
