package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.NaivePipeline.Billed;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Holds the whole topology against a naive model of the contract, on random histories. A failure prints the history's seed
 * and the history; {@code -Ddriftless.seed=n} runs other histories.
 */
class UsageTopologyModelTest {
    private static final long SEED = Long.getLong("driftless.seed", 20_260_310L);
    private static final int HISTORIES = Integer.getInteger("driftless.histories", 200);
    private static final int RECORDS = 100;

    @Test
    void shouldDoWithRandomHistoriesWhatTheContractSays() {
        final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
        long counted = 0;
        long duplicates = 0;
        for (int i = 0; i < HISTORIES; i++) {
            final PartitionAccount account = assertHistory(SEED + i);
            counted += account.counted();
            duplicates += account.duplicates();
            account.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
        }
        assertThat(counted).isGreaterThan(20L * HISTORIES);
        assertThat(duplicates).isGreaterThan(3L * HISTORIES);
        assertThat(rejected)
                .as("each reason that this version knows must occur")
                .containsOnlyKeys(
                        RejectionReason.UNDECODABLE,
                        RejectionReason.INVALID,
                        RejectionReason.KEY_MISMATCH,
                        RejectionReason.IDEMPOTENCY_CONFLICT,
                        RejectionReason.UNKNOWN_FEATURE,
                        RejectionReason.FEATURE_NOT_IN_EFFECT,
                        RejectionReason.TOO_OLD,
                        RejectionReason.IN_FUTURE,
                        RejectionReason.OVERFLOW);
    }

    private static PartitionAccount assertHistory(final long seed) {
        final RandomHistory history = new RandomHistory(seed);
        final NaivePipeline model = new NaivePipeline(history.settings(), history.partitions());
        try (TopologyBed bed = new TopologyBed(history.settings(), history.partitions())) {
            history.tell(RECORDS, bed, model);

            final String description = "seed " + seed + "\n" + history + "\n";
            assertThat(rejectionsOf(bed)).as(description).isEqualTo(model.rejections());
            assertThat(bed.account()).as(description).isEqualTo(model.account());
            assertBilled(description, billedBy(bed), byKey(model.billed()));
            return bed.account();
        }
    }

    private static void assertBilled(
            final String description,
            final Map<String, List<Billed>> billed,
            final Map<String, List<Billed>> expected) {
        assertThat(billed.keySet()).as(description).isEqualTo(expected.keySet());
        billed.forEach((key, records) -> {
            assertThat(records).as(description + key).isEqualTo(expected.get(key));
            assertThat(records.stream().mapToLong(Billed::revision))
                    .as(description + key)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, records.size()).boxed().toList());
        });
    }

    private static Map<Long, RejectionReason> rejectionsOf(final TopologyBed bed) {
        return bed.rejections().stream()
                .collect(Collectors.toMap(
                        RejectedUsage::getSourceOffset,
                        RejectedUsage::getReason,
                        (one, other) -> {
                            throw new AssertionError("a record is rejected twice, for " + one + " and " + other);
                        },
                        TreeMap::new));
    }

    private static Map<String, List<Billed>> billedBy(final TopologyBed bed) {
        return byKey(
                bed.aggregates().stream().map(UsageTopologyModelTest::billedOf).toList());
    }

    private static Map<String, List<Billed>> byKey(final List<Billed> billed) {
        return billed.stream().collect(Collectors.groupingBy(Billed::key, TreeMap::new, Collectors.toList()));
    }

    private static Billed billedOf(final UsageAggregate aggregate) {
        final byte[] digest = new byte[aggregate.getCountedKeysDigest().remaining()];
        aggregate.getCountedKeysDigest().duplicate().get(digest);
        return new Billed(
                aggregate.getCustomerId(),
                aggregate.getFeature(),
                aggregate.getPeriodStart(),
                aggregate.getRevision(),
                aggregate.getQuantity(),
                aggregate.getEventCount(),
                aggregate.getDuplicateCount(),
                aggregate.getFirstOccurredAt(),
                aggregate.getLastOccurredAt(),
                new BigInteger(1, digest),
                aggregate.getSourceOffset(),
                aggregate.getCatalogRevision(),
                aggregate.getAggregation());
    }
}
