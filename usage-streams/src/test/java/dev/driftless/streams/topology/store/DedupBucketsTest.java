package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DedupBucketsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void shouldFindEachMarkOfTheWindowInOneOfItsBuckets() {
        final SplittableRandom random = new SplittableRandom(20_260_310);
        for (int i = 0; i < 300_000; i++) {
            final long window = window(random);
            final int count = random.nextInt(1, 65);
            final DedupBuckets buckets = new DedupBuckets(Duration.ofMillis(window), count);
            final long now = now(random, window, buckets.length().toMillis());
            final long age = age(random, window, now);

            final long bucket = buckets.bucketOf(Instant.ofEpochMilli(now - age));

            if (LongStream.of(buckets.bucketsAt(Instant.ofEpochMilli(now))).noneMatch(looked -> looked == bucket)) {
                fail("window %d ms in %d buckets: a mark %d ms old at %d is in none", window, count, age, now);
            }
        }
    }

    /** A mark is written in a bucket while the store drops what is older than its retention behind the latest one. */
    @Test
    void shouldKeepEachBucketThatAMarkOfTheWindowMayLieIn() {
        final SplittableRandom random = new SplittableRandom(20_260_311);
        for (int i = 0; i < 300_000; i++) {
            final long window = window(random);
            final DedupBuckets buckets = new DedupBuckets(Duration.ofMillis(window), random.nextInt(1, 65));
            final Instant now =
                    Instant.ofEpochMilli(now(random, window, buckets.length().toMillis()));
            final long firstKept = buckets.bucketOf(now) - buckets.retention().toMillis() + 1;

            if (LongStream.of(buckets.bucketsAt(now)).anyMatch(bucket -> bucket < firstKept)) {
                fail("buckets of %s at %s: one is looked up that is dropped", buckets.length(), now);
            }
        }
    }

    @Test
    void shouldTakeOneLookUpMoreThanThereAreBuckets() {
        for (int count = 1; count <= 64; count++) {
            final DedupBuckets buckets = new DedupBuckets(Duration.ofDays(35), count);
            assertThat(buckets.bucketsAt(NOON)).hasSize(count + 1).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        }
    }

    @Test
    void shouldRoundALengthUpThatDoesNotDivideTheWindow() {
        final DedupBuckets buckets = new DedupBuckets(Duration.ofMillis(100), 3);

        assertThat(buckets.length()).isEqualTo(Duration.ofMillis(34));
        assertThat(buckets.retention()).isEqualTo(Duration.ofMillis(103));
        assertThat(buckets.bucketOf(Instant.ofEpochMilli(101))).isEqualTo(68);
        assertThat(buckets.bucketOf(Instant.ofEpochMilli(102))).isEqualTo(102);
        assertThat(buckets.bucketsAt(Instant.ofEpochMilli(102))).containsExactly(102L, 68L, 34L, 0L);
    }

    @Test
    void shouldLookForNothingBefore1970() {
        final DedupBuckets buckets = new DedupBuckets(Duration.ofMillis(100), 3);

        assertThat(buckets.bucketsAt(Instant.EPOCH)).containsExactly(0L);
        assertThat(buckets.bucketsAt(Instant.ofEpochMilli(33))).containsExactly(0L);
        assertThat(buckets.bucketsAt(Instant.ofEpochMilli(34))).containsExactly(34L, 0L);
    }

    @Test
    void shouldHaveBucketsOfAtLeastAMillisecond() {
        final DedupBuckets buckets = new DedupBuckets(Duration.ofMillis(1), 64);

        assertThat(buckets.length()).isEqualTo(Duration.ofMillis(1));
        assertThat(buckets.bucketsAt(Instant.ofEpochMilli(5))).contains(5L, 4L);
    }

    private static long window(final SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextLong(1, 100);
            case 1 -> random.nextLong(1, 100_000);
            default -> Duration.ofDays(35).toMillis() + random.nextLong(-100, 100);
        };
    }

    /** Near 1970, near a bound of a bucket, or anywhere. */
    private static long now(final SplittableRandom random, final long window, final long length) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextLong(2 * window);
            case 1 -> Math.max(0, random.nextLong(1_000_000) * length + random.nextLong(-1, 2));
            default -> random.nextLong(4_102_444_800_000L);
        };
    }

    private static long age(final SplittableRandom random, final long window, final long now) {
        final long oldest = Math.min(window, now);
        return random.nextInt(3) == 0 ? oldest : random.nextLong(oldest + 1);
    }
}
