package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.BusyHistory.Entry;
import dev.driftless.streams.topology.BusyHistory.Entry.Row;
import dev.driftless.streams.topology.BusyHistory.Entry.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is billed is a function of the log: another run of the same log, with whatever timing, writes the same records to
 * the last byte.
 */
class RerunTest {
    private static final long SEED = 20_260_310;
    private static final Duration LENGTH = Duration.ofDays(80);

    /** An application that never writes a tick of its own: those of the first run stand in the log. */
    private static final TopologySettings WITHOUT_TICKS = new TopologySettings(
            TopologySettings.DEFAULT.window(),
            TopologySettings.DEFAULT.dedupBuckets(),
            TopologySettings.DEFAULT.usageEventsRetention(),
            TopologySettings.DEFAULT.closing(),
            TopologySettings.DEFAULT.emissionInterval(),
            Duration.ofDays(100_000));

    private static List<Entry> log;
    private static Map<String, List<String>> first;
    private static PartitionAccount account;

    @BeforeAll
    static void recordTheFirstRun() {
        try (TopologyBed bed = new TopologyBed()) {
            BusyHistory.CATALOG.forEach(bed::feature);
            final BusyHistory history = new BusyHistory(bed, SEED);
            history.run(LENGTH);
            log = history.log();
            first = billed(bed);
            account = bed.account();
        }
    }

    @Test
    void shouldHaveSeenEnoughToMeanSomething() {
        assertThat(account.counted()).isGreaterThan(1_300);
        assertThat(account.duplicates()).isGreaterThan(50);
        assertThat(account.rejectedInAll()).isGreaterThan(50);
        assertThat(account.ticks()).isGreaterThan(30);
        assertThat(log.stream().filter(Row.class::isInstance)).hasSizeGreaterThan(10);
        assertThat(first).hasSizeGreaterThan(1_200);
        assertThat(first.values().stream().mapToLong(List::size).sum()).isGreaterThan(2_500);
    }

    @Test
    void shouldBillByteForByteTheSameWhenTheLogIsReadAtOnce() {
        try (TopologyBed bed = new TopologyBed(WITHOUT_TICKS, 1)) {
            BusyHistory.CATALOG.forEach(bed::feature);
            log.forEach(entry -> replay(bed, entry));
            letTurnsCome(bed);

            assertThat(billed(bed)).isEqualTo(first);
            assertThat(bed.account()).isEqualTo(account);
        }
    }

    @Test
    void shouldBillByteForByteTheSameWithAnotherTiming() {
        final Random random = new Random(SEED);
        try (TopologyBed bed = new TopologyBed(WITHOUT_TICKS, 1)) {
            BusyHistory.CATALOG.forEach(bed::feature);
            log.forEach(entry -> {
                replay(bed, entry);
                if (random.nextInt(4) == 0) {
                    bed.idle(Duration.ofMillis(random.nextInt(200)));
                }
            });
            letTurnsCome(bed);

            assertThat(billed(bed)).isEqualTo(first);
            assertThat(bed.account()).isEqualTo(account);
        }
    }

    private static void replay(final TopologyBed bed, final Entry entry) {
        if (entry instanceof Usage usage) {
            bed.publish(usage.record());
        } else if (entry instanceof Row row) {
            bed.at(row.at()).subscription(row.subscription().getCustomerId(), row.subscription());
        }
    }

    /** What is due at the log's end is closed a few at a time. */
    private static void letTurnsCome(final TopologyBed bed) {
        for (int turn = 0; turn < 10; turn++) {
            bed.idle(Duration.ofMillis(50));
        }
    }

    /** The records of each key in their order, with their times. */
    private static Map<String, List<String>> billed(final TopologyBed bed) {
        final HexFormat hex = HexFormat.of();
        final Map<String, List<String>> records = new LinkedHashMap<>();
        for (final TestRecord<byte[], byte[]> record :
                bed.output(TopologyBed.TOPICS.billingUsage()).readRecordsToList()) {
            final Instant time = record.getRecordTime();
            records.computeIfAbsent(hex.formatHex(record.key()), key -> new ArrayList<>())
                    .add(time + " " + hex.formatHex(record.value()));
        }
        return records;
    }
}
