package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.RejectionReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Holds the whole topology against a naive model of the contract, on random histories. A history that fails is printed with
 * its seed, cut down to the steps that it needs, in the notation of docs/cases.md. {@code -Ddriftless.seed=n} and
 * {@code -Ddriftless.histories=n} run others and more.
 */
class UsageTopologyModelTest {
    private static final long SEED = Long.getLong("driftless.seed", 20_260_310L);
    private static final int HISTORIES = Integer.getInteger("driftless.histories", 1_000);
    /** Of a series, nine times 64 and four. */
    private static final int MEAN_HISTORIES = 58;

    @Test
    void shouldDoWithRandomHistoriesWhatTheContractSays() {
        final List<HistorySeries.Verdict> verdicts = LongStream.rangeClosed(0, HISTORIES / MEAN_HISTORIES)
                .parallel()
                .mapToObj(series -> new HistorySeries(SEED + series).tell())
                .toList();

        assertThat(verdicts).allSatisfy(verdict -> assertThat(verdict.failure()).isEmpty());
        assertThat(verdicts.stream().mapToLong(HistorySeries.Verdict::histories).sum())
                .isGreaterThan(HISTORIES * 9L / 10);
        assertThatAllOccur(verdicts);
    }

    private static void assertThatAllOccur(final List<HistorySeries.Verdict> verdicts) {
        final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
        long counted = 0;
        long duplicates = 0;
        for (final HistorySeries.Verdict verdict : verdicts) {
            counted += verdict.account().counted();
            duplicates += verdict.account().duplicates();
            verdict.account().rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
        }
        assertThat(counted).isGreaterThan(5L * HISTORIES);
        assertThat(duplicates).isGreaterThan(HISTORIES / 2);
        assertThat(rejected.keySet())
                .as("each reason that this version knows must occur")
                .contains(
                        RejectionReason.UNDECODABLE,
                        RejectionReason.INVALID,
                        RejectionReason.KEY_MISMATCH,
                        RejectionReason.IDEMPOTENCY_CONFLICT,
                        RejectionReason.UNKNOWN_FEATURE,
                        RejectionReason.FEATURE_NOT_IN_EFFECT,
                        RejectionReason.TOO_OLD,
                        RejectionReason.IN_FUTURE,
                        RejectionReason.PERIOD_CLOSED,
                        RejectionReason.OVERFLOW);
    }
}
