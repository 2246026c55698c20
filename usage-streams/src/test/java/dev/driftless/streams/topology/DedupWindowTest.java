package dev.driftless.streams.topology;

import static dev.driftless.streams.topology.TopologyBed.START;
import static dev.driftless.streams.topology.TopologyBed.decimal;
import static dev.driftless.streams.topology.TopologyBed.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.counting.ClosingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a key is remembered: the dedup window, to the millisecond, whatever the buckets. */
class DedupWindowTest {
    private static final ClosingRules NO_CLOSING = new ClosingRules(Duration.ofDays(36_500), LatePolicy.AMEND, 1_000);
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration AGE = Duration.ofMinutes(55);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration MILLI = Duration.ofMillis(1);

    private TopologyBed bed;

    @AfterEach
    void tearDown() {
        bed.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void shouldTakeARestampedRetryForADuplicateUntilTheEndOfTheWindow(final int buckets) {
        open(buckets);
        bed.publish(now("k1"));
        bed.pass(WINDOW).publish(now("k1"));

        assertOutcomes(1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void shouldForgetAKeyAMillisecondAfterTheEndOfTheWindow(final int buckets) {
        open(buckets);
        bed.publish(now("k1"));
        bed.pass(WINDOW.plus(MILLI)).publish(now("k1"));

        assertOutcomes(2, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void shouldRejectARetryAsTooOldThatComesAfterTheWindowWithTheTimeOfTheFirst(final int buckets) {
        open(buckets);
        final Instant ahead = START.plus(SKEW);
        bed.publish(event("api_calls", "k1").setOccurredAt(ahead));
        bed.pass(WINDOW).publish(event("api_calls", "k1").setOccurredAt(ahead));
        bed.pass(MILLI).publish(event("api_calls", "k1").setOccurredAt(ahead));

        assertOutcomes(1, 1);
        assertThat(bed.rejections()).extracting(RejectedUsage::getReason).containsExactly(RejectionReason.TOO_OLD);
    }

    @Test
    void shouldNotRemainLongerForTheSakeOfADuplicate() {
        open(2);
        bed.publish(now("k1"));
        bed.pass(WINDOW.minus(MILLI)).publish(now("k1"));
        bed.pass(MILLI).publish(now("k1"));
        bed.pass(MILLI).publish(now("k1"));

        assertOutcomes(2, 2);
    }

    /** Random arrivals of few keys; what is a duplicate follows from when its key was counted last, and from nothing else. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void shouldDecideByTheAgeOfTheMarkWhereverArrivalsLieInTheirBuckets(final int buckets) {
        open(buckets);
        final SplittableRandom random = new SplittableRandom(buckets);
        final Map<String, Instant> countedAt = new HashMap<>();
        long counted = 0;
        long duplicates = 0;
        for (int i = 0; i < 600; i++) {
            final String key = "k" + random.nextInt(8);
            bed.pass(step(random, Optional.ofNullable(countedAt.get(key))));
            bed.publish(now(key));
            final Instant first = countedAt.get(key);
            if (first != null && !bed.brokerTime().isAfter(first.plus(WINDOW))) {
                duplicates++;
            } else {
                counted++;
                countedAt.put(key, bed.brokerTime());
            }
            assertOutcomes(counted, duplicates);
        }
        assertThat(counted).isGreaterThan(50);
        assertThat(duplicates).isGreaterThan(100);
    }

    @Test
    void shouldMarkOnlyWhatWasCountedSoThatARejectedEventStillCounts() {
        open(1);
        bed.publish(event("api_calls", "k1").setOccurredAt(START.minus(AGE).minus(MILLI)));
        bed.publish(event("api_calls", "k1").setOccurredAt(START.plus(SKEW).plus(MILLI)));
        bed.publish(event("not_there", "k1"));
        bed.publish(event("Not a code", "k1"));
        bed.publish(event("api_calls", "k1").setValue(decimal("7")));

        assertOutcomes(1, 0);
        assertThat(bed.rejections())
                .extracting(RejectedUsage::getReason)
                .containsExactly(
                        RejectionReason.TOO_OLD,
                        RejectionReason.IN_FUTURE,
                        RejectionReason.UNKNOWN_FEATURE,
                        RejectionReason.INVALID);
    }

    @Test
    void shouldLetTheFirstStandAndStayAsItIsWhenAConflictComes() {
        open(1);
        bed.publish(now("k1").setValue(decimal("1")));
        bed.pass(WINDOW.dividedBy(2)).publish(now("k1").setValue(decimal("2")));
        bed.pass(WINDOW.dividedBy(2)).publish(now("k1").setValue(decimal("1")));
        bed.pass(MILLI).publish(now("k1").setValue(decimal("2")));

        assertOutcomes(2, 1);
        assertThat(bed.account().rejected()).containsExactly(Map.entry(RejectionReason.IDEMPOTENCY_CONFLICT, 1L));
    }

    /** Broker time never goes back; a record that says otherwise, as one of a re-routed past, is read at the latest time. */
    @Test
    void shouldJudgeByThePartitionsTimeAndNotByTheRecords() {
        open(1);
        bed.publish(now("k1"));
        bed.pass(WINDOW.plus(MILLI)).publish(now("k2"));
        bed.pass(WINDOW.negated()).publish(event("api_calls", "k1").setOccurredAt(START.plus(SKEW)));

        assertThat(bed.account().clock()).isEqualTo(START.plus(WINDOW).plus(MILLI));
        assertThat(bed.account().rejected()).containsExactly(Map.entry(RejectionReason.TOO_OLD, 1L));
    }

    private void open(final int buckets) {
        final TopologySettings settings = new TopologySettings(
                new AdmissionWindow(WINDOW, AGE, SKEW),
                buckets,
                Optional.of(Duration.ofDays(1)),
                NO_CLOSING,
                Duration.ofSeconds(1),
                Duration.ofMillis(500));
        bed = new TopologyBed(settings, 1).feature("api_calls", Aggregation.COUNT);
    }

    /** An event that takes place as it arrives. */
    private UsageEvent.Builder now(final String key) {
        return event("api_calls", key).setOccurredAt(bed.brokerTime());
    }

    /** Mostly minutes; now and then just to the end of the key's window, or past it. */
    private Duration step(final SplittableRandom random, final Optional<Instant> countedAt) {
        final Duration toTheEnd = countedAt
                .map(first -> Duration.between(bed.brokerTime(), first.plus(WINDOW)))
                .orElse(Duration.ofMillis(-2));
        return random.nextInt(8) == 0 && toTheEnd.toMillis() > 1
                ? toTheEnd.plusMillis(random.nextInt(-1, 2))
                : Duration.ofMillis(random.nextLong(WINDOW.toMillis() / 30));
    }

    private void assertOutcomes(final long counted, final long duplicates) {
        assertThat(bed.account().counted()).isEqualTo(counted);
        assertThat(bed.account().duplicates()).isEqualTo(duplicates);
    }
}
