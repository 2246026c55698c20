package dev.driftless.streams.topology;

import static dev.driftless.streams.topology.TopologyBed.START;
import static dev.driftless.streams.topology.TopologyBed.decimal;
import static dev.driftless.streams.topology.TopologyBed.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.counting.ClosingRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When an aggregate goes out: coalesced by the partition's time, always the last state, without gaps. */
class EmissionTest {
    private static final ClosingRules NO_CLOSING = new ClosingRules(Duration.ofDays(36_500), LatePolicy.AMEND, 1_000);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration IDLE_DELAY = Duration.ofMillis(500);
    private static final Duration MILLI = Duration.ofMillis(1);

    private TopologyBed bed = open(INTERVAL, IDLE_DELAY);

    @AfterEach
    void tearDown() {
        bed.close();
    }

    @Test
    void shouldEmitTheFirstChangeAtOnce() {
        bed.publish(event("storage_gb", "k1"));

        assertEmitted(Tuple.tuple(1L, decimal("1")));
    }

    @Test
    void shouldEmitAgainAtOnceWhereTheIntervalIsOver() {
        bed.publish(event("storage_gb", "k1"));
        bed.pass(INTERVAL).publish(event("storage_gb", "k2"));

        assertEmitted(Tuple.tuple(1L, decimal("1")), Tuple.tuple(2L, decimal("2")));
    }

    @Test
    void shouldHoldABurstAndEmitItsLastStateOnceTheIntervalIsOver() {
        for (int i = 0; i < 10; i++) {
            bed.publish(event("storage_gb", "k" + i)).pass(Duration.ofMillis(100));
        }
        assertEmitted(Tuple.tuple(1L, decimal("1")));

        bed.tick();
        assertEmitted(Tuple.tuple(2L, decimal("10")));
    }

    @Test
    void shouldNotEmitAMillisecondBeforeTheIntervalIsOver() {
        bed.publish(event("storage_gb", "k1")).publish(event("storage_gb", "k2"));
        bed.pass(INTERVAL.minus(MILLI)).tick();
        assertEmitted(Tuple.tuple(1L, decimal("1")));

        bed.pass(MILLI).tick();
        assertEmitted(Tuple.tuple(2L, decimal("2")));
    }

    @Test
    void shouldEmitWhatIsDueWhateverTheRecordIsThatMovesTheTime() {
        bed.publish(event("storage_gb", "k1")).publish(event("storage_gb", "k2"));
        bed.pass(INTERVAL).publish("acme".getBytes(UTF_8), new byte[] {1, 2, 3});
        assertThat(bed.aggregates()).hasSize(2);

        bed.publish(event("storage_gb", "k3"));
        bed.pass(INTERVAL).publish(event("storage_gb", "k1"));
        assertEmitted(Tuple.tuple(3L, decimal("3")));
    }

    @Test
    void shouldEmitTheStateBeforeTheRecordThatMovesTheTime() {
        bed.publish(event("storage_gb", "k1")).publish(event("storage_gb", "k2"));
        bed.pass(INTERVAL).publish(event("storage_gb", "k3"));

        final List<UsageAggregate> emitted = bed.aggregates();
        assertThat(emitted)
                .extracting(UsageAggregate::getRevision, UsageAggregate::getQuantity, UsageAggregate::getSourceOffset)
                .containsExactly(Tuple.tuple(1L, decimal("1"), 0L), Tuple.tuple(2L, decimal("2"), 1L));

        bed.pass(INTERVAL).tick();
        assertThat(bed.aggregates())
                .extracting(UsageAggregate::getRevision, UsageAggregate::getQuantity, UsageAggregate::getSourceOffset)
                .containsExactly(Tuple.tuple(3L, decimal("3"), 2L));
    }

    @Test
    void shouldEmitACopyToo() {
        bed.publish(event("storage_gb", "k1")).publish(event("storage_gb", "k1"));
        bed.pass(INTERVAL).tick();

        assertThat(bed.aggregates())
                .extracting(UsageAggregate::getRevision, UsageAggregate::getDuplicateCount)
                .containsExactly(Tuple.tuple(1L, 0L), Tuple.tuple(2L, 1L));
    }

    @Test
    void shouldEmitNothingForARejectedEvent() {
        bed.publish(event("not_there", "k1"));
        bed.pass(INTERVAL).tick();

        assertThat(bed.aggregates()).isEmpty();
    }

    @Test
    void shouldCoalesceEachAggregateForItself() {
        bed.publish(event("storage_gb", "k1")).publish(event("storage_gb", "k2"));
        bed.pass(Duration.ofMillis(300)).publish(event("api_calls", "k3")).publish(event("api_calls", "k4"));
        bed.aggregates();

        bed.pass(Duration.ofMillis(700)).tick();
        assertThat(bed.aggregates()).extracting(UsageAggregate::getFeature).containsExactly("storage_gb");
        bed.pass(Duration.ofMillis(300)).tick();
        assertThat(bed.aggregates()).extracting(UsageAggregate::getFeature).containsExactly("api_calls");
    }

    @Test
    void shouldNumberRecordsWithoutGapsAndEndWithTheLastState() {
        for (int i = 0; i < 500; i++) {
            bed.publish(event("storage_gb", "k" + i)).pass(Duration.ofMillis(i % 7 * 50L));
        }
        bed.pass(INTERVAL).tick();

        final List<UsageAggregate> emitted = bed.aggregates();
        assertThat(emitted)
                .extracting(UsageAggregate::getRevision)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, emitted.size()).boxed().toList());
        assertThat(emitted).hasSizeLessThan(100);
        assertThat(emitted.get(emitted.size() - 1).getQuantity()).isEqualByComparingTo("500");
    }

    @Test
    void shouldEmitEachChangeWhereTheIntervalIsZero() {
        reopen(Duration.ZERO, IDLE_DELAY);
        for (int i = 1; i <= 5; i++) {
            bed.publish(event("storage_gb", "k" + i));
        }

        assertThat(bed.aggregates()).extracting(UsageAggregate::getRevision).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void shouldTickIntoASilentPartitionSoThatTheLastStateGoesOut() {
        bed.publish(event("storage_gb", "k1"));
        bed.pass(Duration.ofMillis(100)).publish(event("storage_gb", "k2"));
        bed.aggregates();

        bed.idle(Duration.ofMillis(899));
        assertThat(bed.account().ticks()).isZero();
        bed.idle(Duration.ofMillis(51));
        assertThat(bed.account().ticks()).isEqualTo(1);
        assertEmitted(Tuple.tuple(2L, decimal("2")));
    }

    @Test
    void shouldNotTickBeforeThePartitionHasBeenSilentForTheIdleDelay() {
        reopen(INTERVAL, Duration.ofSeconds(5));
        bed.publish(event("storage_gb", "k1")).publish(event("storage_gb", "k2"));

        bed.idle(Duration.ofMillis(4_950));
        assertThat(bed.account().ticks()).isZero();
        bed.idle(Duration.ofMillis(50));
        assertThat(bed.account().ticks()).isEqualTo(1);
    }

    @Test
    void shouldNotTickWhereNothingIsHeld() {
        bed.idle(Duration.ofHours(1));
        bed.publish(event("storage_gb", "k1"));
        bed.idle(Duration.ofHours(1));

        assertThat(bed.account().ticks()).isZero();
    }

    @Test
    void shouldTickOnceForWhatIsHeld() {
        bed.publish(event("storage_gb", "k1")).publish(event("storage_gb", "k2"));
        bed.idle(Duration.ofHours(1));

        assertThat(bed.account().ticks()).isEqualTo(1);
        assertThat(bed.aggregates()).hasSize(2);
    }

    @Test
    void shouldNotTakeATickForUsage() {
        bed.tick().tick();

        assertThat(bed.account().ticks()).isEqualTo(2);
        assertThat(bed.account().counted()
                        + bed.account().duplicates()
                        + bed.account().rejectedInAll()
                        + bed.account().rerouted())
                .isZero();
        assertThat(bed.rejections()).isEmpty();
        assertThat(bed.account().clock()).isEqualTo(START);
        assertThat(bed.account().readTo()).contains(1L);
    }

    @Test
    void shouldNotTakeUsageForATickWhateverItsHeaders() {
        final Headers headers = new RecordHeaders();
        headers.add(Ticks.HEADER, new byte[0]);
        bed.publish("acme".getBytes(UTF_8), bed.encode(event("storage_gb", "k1").build()), headers);
        bed.publish("acme".getBytes(UTF_8), null, headers);
        bed.publish(null, new byte[] {1}, headers);

        assertThat(bed.account().ticks()).isZero();
        assertThat(bed.account().counted()).isEqualTo(1);
        assertThat(bed.account().rejected()).containsExactly(Map.entry(RejectionReason.UNDECODABLE, 2L));
    }

    private void assertEmitted(final Tuple... revisionsAndQuantities) {
        assertThat(bed.aggregates())
                .extracting(UsageAggregate::getRevision, UsageAggregate::getQuantity)
                .containsExactly(revisionsAndQuantities);
    }

    private void reopen(final Duration interval, final Duration idleDelay) {
        bed.close();
        bed = open(interval, idleDelay);
    }

    private static TopologyBed open(final Duration interval, final Duration idleDelay) {
        final TopologySettings settings = new TopologySettings(
                AdmissionWindow.DEFAULT, 1, Optional.of(Duration.ofDays(42)), NO_CLOSING, interval, idleDelay);
        return new TopologyBed(settings, 1)
                .feature("storage_gb", Aggregation.SUM)
                .feature("api_calls", Aggregation.COUNT);
    }
}
