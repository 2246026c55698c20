package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.domain.counting.ClosingRules;
import dev.driftless.streams.topology.TopologyBed.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The edges of the dedup window on a machine that has nothing but the changelogs: wherever the first copy lies in its
 * bucket, and however many buckets there are, its retry is found until the window's last millisecond and not after it.
 */
class WindowEdgesTest {
    private static final Duration WINDOW = Duration.ofMillis(3_600_001);
    private static final Duration AGE = Duration.ofMinutes(59);

    @ParameterizedTest
    @CsvSource({
        "1, 0, ROCKSDB",
        "1, 1, ROCKSDB",
        "1, 3600000, MEMORY",
        "1, 1800000, MEMORY",
        "3, 0, MEMORY",
        "3, 1200000, ROCKSDB",
        "3, 1200001, MEMORY",
        "7, 514286, MEMORY",
        "7, 514285, ROCKSDB"
    })
    void shouldFindAMarkUntilTheLastMillisecondAfterARestoreFromTheChangelogAlone(
            final int buckets, final long millisIntoTheBuckets, final Stores stores) {
        final Instant first = alignedStart(buckets).plusMillis(millisIntoTheBuckets);
        try (TopologyBed bed = TopologyBed.restartable(settings(buckets), 1, stores)) {
            bed.feature("total", Aggregation.SUM);
            publish(bed, first, "k");
            bed.restart();

            publish(bed, first.plus(WINDOW).minusMillis(1), "k");
            bed.restart();
            publish(bed, first.plus(WINDOW), "k");
            assertThat(bed.account())
                    .extracting(PartitionAccount::counted, PartitionAccount::duplicates)
                    .containsExactly(1L, 2L);

            bed.restart();
            publish(bed, first.plus(WINDOW).plusMillis(1), "k");
            assertThat(bed.account())
                    .extracting(PartitionAccount::counted, PartitionAccount::duplicates)
                    .containsExactly(2L, 2L);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, ROCKSDB", "3, MEMORY", "7, MEMORY"})
    void shouldNotCountAnUnchangedRetryOnceMoreWhenItsMarkIsGoneThoughTheApplicationIsRestoredThen(
            final int buckets, final Stores stores) {
        final Instant first = alignedStart(buckets).plusMillis(17);
        try (TopologyBed bed = TopologyBed.restartable(settings(buckets), 1, stores)) {
            bed.feature("total", Aggregation.SUM);
            publish(bed, first, "k");
            bed.at(first.plus(WINDOW).plusMillis(1)).restart();

            bed.publish(TopologyBed.event("total", "k").setOccurredAt(first));

            assertThat(bed.account().counted()).isEqualTo(1);
            assertThat(bed.rejections()).extracting(RejectedUsage::getReason).containsExactly(RejectionReason.TOO_OLD);
        }
    }

    private static void publish(final TopologyBed bed, final Instant now, final String key) {
        bed.at(now).publish(TopologyBed.event("total", key).setOccurredAt(now));
    }

    /** A time at which a bucket begins. */
    private static Instant alignedStart(final int buckets) {
        final long length = StateStores.buckets(settings(buckets)).length().toMillis();
        return Instant.ofEpochMilli(TopologyBed.START.toEpochMilli() / length * length);
    }

    private static TopologySettings settings(final int buckets) {
        return new TopologySettings(
                new AdmissionWindow(WINDOW, AGE, Duration.ofMinutes(1)),
                buckets,
                Optional.empty(),
                ClosingRules.DEFAULT,
                Duration.ZERO,
                Duration.ofMillis(500));
    }
}
