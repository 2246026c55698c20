package dev.driftless.streams.topology;

import static dev.driftless.streams.topology.TopologyBed.START;
import static dev.driftless.streams.topology.TopologyBed.TOPICS;
import static dev.driftless.streams.topology.TopologyBed.decimal;
import static dev.driftless.streams.topology.TopologyBed.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.streams.domain.SourcePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Misplaced events. The test driver has but partition 0, so that an event of a customer of another partition is found
 * there misplaced, is passed on, and comes back through the topic of re-routed events.
 */
class ReroutingTest {
    private static final int PARTITIONS = 6;
    private static final String PLACED = customerOf(0);
    private static final String MISPLACED = customerOf(4);

    private TopologyBed bed;

    @BeforeEach
    void setUp() {
        bed = new TopologyBed(TopologySettings.DEFAULT, PARTITIONS).feature("storage_gb", Aggregation.SUM);
    }

    @AfterEach
    void tearDown() {
        bed.close();
    }

    @Test
    void shouldPassAMisplacedEventOnWithItsOriginAndCountItOnce() {
        bed.publish(of(PLACED, "k1"));
        bed.pass(Duration.ofSeconds(5)).publish(of(MISPLACED, "k1"));

        final List<TestRecord<byte[], byte[]>> rerouted = rerouted();
        assertThat(rerouted).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(MISPLACED.getBytes(UTF_8));
            assertThat(record.value()).isEqualTo(bed.encode(of(MISPLACED, "k1").build()));
            assertThat(Origin.of(record.headers()))
                    .contains(new Origin(new SourcePosition(0, 1), START.plusSeconds(5)));
        });
        assertAccount(2, 0, 1);
        assertThat(bed.aggregates()).hasSize(2).allSatisfy(aggregate -> assertThat(aggregate.getEventCount())
                .isEqualTo(1));
    }

    @Test
    void shouldNotPassOnWhatIsInItsPlace() {
        bed.publish(of(PLACED, "k1"));

        assertThat(rerouted()).isEmpty();
        assertAccount(1, 0, 0);
    }

    @Test
    void shouldPassOnToTheCustomersPartition() {
        for (int i = 0; i < 500; i++) {
            final byte[] customer = ("customer " + i).getBytes(UTF_8);
            assertThat(Partitioners.byCustomer(TOPICS.usageRerouted(), customer, null, PARTITIONS))
                    .contains(Set.of(CustomerPartitions.partitionOf(customer, PARTITIONS)));
        }
    }

    @Test
    void shouldRecogniseAMisplacedDuplicateWhereverItsFirstCopyStood() {
        bed.publish(of(MISPLACED, "k1"));
        bed.publish(of(MISPLACED, "k1"));
        bed.publishRerouted(
                MISPLACED.getBytes(UTF_8),
                bed.encode(of(MISPLACED, "k1").build()),
                headers(new Origin(new SourcePosition(3, 99), START)));

        assertAccount(1, 2, 2);
        assertThat(bed.rejections()).isEmpty();
    }

    @Test
    void shouldKeepTheOriginInTheMarkOfACountedEvent() {
        bed.publish(of(PLACED, "k1"));
        bed.publish(of(MISPLACED, "k2"));
        bed.publish(of(MISPLACED, "k2").setValue(decimal("7")));

        assertThat(bed.rejections()).singleElement().satisfies(rejected -> {
            assertThat(rejected.getReason()).isEqualTo(RejectionReason.IDEMPOTENCY_CONFLICT);
            assertThat(rejected.getDetail()).contains("at partition 0, offset 1;");
            assertThat(rejected.getSourcePartition()).isZero();
            assertThat(rejected.getSourceOffset()).isEqualTo(2);
        });
    }

    @Test
    void shouldKeepTheOriginInARejection() {
        bed.pass(Duration.ofSeconds(30))
                .publishRerouted(
                        MISPLACED.getBytes(UTF_8),
                        bed.encode(of(MISPLACED, "k1").setFeature("not_there").build()),
                        headers(new Origin(new SourcePosition(3, 99), START)));

        assertThat(bed.rejections()).singleElement().satisfies(rejected -> {
            assertThat(rejected.getReason()).isEqualTo(RejectionReason.UNKNOWN_FEATURE);
            assertThat(rejected.getSourcePartition()).isEqualTo(3);
            assertThat(rejected.getSourceOffset()).isEqualTo(99);
            assertThat(rejected.getArrivedAt()).isEqualTo(START);
        });
    }

    @Test
    void shouldJudgeAReroutedEventByThePartitionsTime() {
        final Instant old = START.minus(TopologySettings.DEFAULT.window().admissibleAge());
        bed.publish(of(PLACED, "k1"));
        bed.publishRerouted(
                PLACED.getBytes(UTF_8),
                bed.encode(of(PLACED, "k2").setOccurredAt(old.minusMillis(1)).build()),
                headers(new Origin(new SourcePosition(3, 99), START.minusSeconds(60))));

        assertThat(bed.account().rejected()).containsExactly(Map.entry(RejectionReason.TOO_OLD, 1L));
        assertThat(bed.account().clock()).isEqualTo(START);
    }

    @Test
    void shouldMoveThePartitionsTimeToTheFirstArrivalAndNotToTodays() {
        bed.publish(of(PLACED, "k1"));
        bed.pass(Duration.ofDays(300))
                .publishRerouted(
                        PLACED.getBytes(UTF_8),
                        bed.encode(of(PLACED, "k2").build()),
                        headers(new Origin(new SourcePosition(3, 99), START.plusSeconds(7))));

        assertThat(bed.account().clock()).isEqualTo(START.plusSeconds(7));
        assertAccount(2, 0, 0);
    }

    @Test
    void shouldNotMoveThePartitionsTimeBeyondTheBrokersOwn() {
        bed.publishRerouted(
                PLACED.getBytes(UTF_8),
                bed.encode(of(PLACED, "k2").build()),
                headers(new Origin(new SourcePosition(3, 99), START.plus(Duration.ofDays(300)))));

        assertThat(bed.account().clock()).isEqualTo(START);
    }

    @Test
    void shouldNotPassOnWhatIsNoWellFormedEvent() {
        bed.publish(MISPLACED.getBytes(UTF_8), new byte[] {1, 2, 3});
        bed.publish(MISPLACED.getBytes(UTF_8), bed.encode(of(PLACED, "k1").build()));
        bed.publish(of(MISPLACED, "k1").setFeature("Not a code"));

        assertThat(rerouted()).isEmpty();
        assertThat(bed.account().rejected())
                .containsOnly(
                        Map.entry(RejectionReason.UNDECODABLE, 1L),
                        Map.entry(RejectionReason.KEY_MISMATCH, 1L),
                        Map.entry(RejectionReason.INVALID, 1L));
    }

    @Test
    void shouldRejectAStrayRecordWithoutAnOrigin() {
        final byte[] value = bed.encode(of(PLACED, "k1").build());
        bed.publishRerouted(PLACED.getBytes(UTF_8), value, new RecordHeaders());
        bed.publishRerouted(null, null, new RecordHeaders());

        assertThat(bed.rejections()).hasSize(2).allSatisfy(rejected -> {
            assertThat(rejected.getReason()).isEqualTo(RejectionReason.UNDECODABLE);
            assertThat(rejected.getDetail()).contains("of usage-rerouted has no origin");
        });
        assertAccount(0, 0, 0);
        assertThat(bed.account().rejectedInAll()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00000003000000000000006300000000", "0000000300000000000000630000019CD7E1F60000"})
    void shouldRejectAStrayRecordWhoseOriginHasAnotherLength(final String origin) {
        assertStray(HexFormat.of().parseHex(origin));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff00000000000000630000019cd7e1f600",
                "00000003ffffffffffffffff0000019cd7e1f600",
                "000000030000000000000063ffffffffffffffff",
                "0000000300000000000000638000000000000000",
                "0000000300000000000000637fffffffffffffff"
            })
    void shouldRejectAStrayRecordWhoseOriginCannotBe(final String origin) {
        assertStray(HexFormat.of().parseHex(origin));
    }

    /** librdkafka, and with it Python, Go, C# and kcat, places by CRC32 unless it is told otherwise. */
    @Test
    void shouldCountEachEventOnceThatWasPlacedByCrc32() {
        final List<String> customers = IntStream.range(0, 300)
                .mapToObj(i -> "customer-" + i)
                .filter(customer -> crc32PartitionOf(customer) == 0)
                .toList();
        final long misplaced = customers.stream()
                .filter(customer -> CustomerPartitions.partitionOf(customer, PARTITIONS) != 0)
                .count();
        assertThat(customers).hasSizeGreaterThan(30);
        assertThat(misplaced).isBetween(1L, customers.size() - 1L);

        customers.forEach(customer -> bed.publish(of(customer, "k1")));
        customers.forEach(customer -> bed.publish(of(customer, "k1")));

        assertAccount(customers.size(), customers.size(), 2 * misplaced);
        assertThat(rerouted()).hasSize((int) (2 * misplaced));
        assertThat(bed.aggregates()).hasSize(customers.size());
    }

    private void assertStray(final byte[] origin) {
        final Headers headers = new RecordHeaders();
        headers.add(Origin.HEADER, origin);
        bed.publishRerouted(PLACED.getBytes(UTF_8), bed.encode(of(PLACED, "k1").build()), headers);

        assertThat(bed.rejections()).extracting(RejectedUsage::getReason).containsExactly(RejectionReason.UNDECODABLE);
        assertAccount(0, 0, 0);
    }

    private void assertAccount(final long counted, final long duplicates, final long rerouted) {
        assertThat(bed.account().counted()).isEqualTo(counted);
        assertThat(bed.account().duplicates()).isEqualTo(duplicates);
        assertThat(bed.account().rerouted()).isEqualTo(rerouted);
    }

    private List<TestRecord<byte[], byte[]>> rerouted() {
        return bed.output(TOPICS.usageRerouted()).readRecordsToList();
    }

    private static UsageEvent.Builder of(final String customer, final String key) {
        return event("storage_gb", key).setCustomerId(customer);
    }

    private static Headers headers(final Origin origin) {
        final Headers headers = new RecordHeaders();
        origin.writeTo(headers);
        return headers;
    }

    private static String customerOf(final int partition) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "customer-" + i)
                .filter(customer -> CustomerPartitions.partitionOf(customer, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    private static int crc32PartitionOf(final String customer) {
        final CRC32 crc32 = new CRC32();
        crc32.update(customer.getBytes(UTF_8));
        return (int) (crc32.getValue() % PARTITIONS);
    }
}
