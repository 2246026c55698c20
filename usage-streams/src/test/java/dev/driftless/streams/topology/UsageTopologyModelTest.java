package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Holds the whole topology against a naive model of the contract, on random histories. A history that fails is printed with
 * its seed, cut down to the steps that it needs, in the notation of docs/cases.md. {@code -Ddriftless.seed=n} and
 * {@code -Ddriftless.histories=n} run others and more.
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

    private static PartitionAccount assertHistory(final long seed) {
        final History history = RandomHistory.of(seed, RECORDS);
        final History.Verdict verdict = history.tell();
        if (verdict.difference().isPresent()) {
            final History shortest =
                    history.shrunkWhile(some -> some.tell().difference().isPresent());
            fail("seed " + seed + "\n" + shortest + "\n"
                    + shortest.tell().difference().orElseThrow());
        }
        return verdict.account();
    }
}
