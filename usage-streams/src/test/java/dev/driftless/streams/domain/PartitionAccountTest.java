package dev.driftless.streams.domain;

import static dev.driftless.streams.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.RejectionReason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionAccountTest {

    @Test
    void shouldOpenWithNothingRead() {
        final PartitionAccount account = PartitionAccount.open(3);

        assertThat(account.partition()).isEqualTo(3);
        assertThat(account.counted() + account.duplicates() + account.rejectedInAll() + account.rerouted())
                .isZero();
        assertThat(account.clock()).isEqualTo(Instant.EPOCH);
        assertThat(account.readTo()).isEmpty();
    }

    @Test
    void shouldEnterEachOutcomeUnderItsOwnName() {
        final PartitionAccount account = PartitionAccount.open(3)
                .plusCounted()
                .plusCounted()
                .plusDuplicate()
                .plusRejected(RejectionReason.OVERFLOW)
                .plusRejected(RejectionReason.INVALID)
                .plusRejected(RejectionReason.INVALID)
                .plusRerouted()
                .plusTick()
                .plusTick()
                .plusTick()
                .withRead(7)
                .at(NOON, Optional.of(9L));

        assertThat(account)
                .isEqualTo(new PartitionAccount(
                        3,
                        7,
                        2,
                        1,
                        Map.of(RejectionReason.INVALID, 2L, RejectionReason.OVERFLOW, 1L),
                        1,
                        3,
                        NOON,
                        Optional.of(9L)));
        assertThat(account.rejectedInAll()).isEqualTo(3);
        assertThat(account.isBalanced()).isTrue();
    }

    @Test
    void shouldBeUnbalancedWhereARecordHasNoOutcomeOrTwo() {
        final PartitionAccount account = PartitionAccount.open(0).plusCounted().plusDuplicate();

        assertThat(account.withRead(3).isBalanced()).isFalse();
        assertThat(account.withRead(2).isBalanced()).isTrue();
        assertThat(account.withRead(1).isBalanced()).isFalse();
    }

    @Test
    void shouldListReasonsInTheOrderOfTheContractAndThoseAloneThatOccurred() {
        final PartitionAccount account = PartitionAccount.open(0)
                .plusRejected(RejectionReason.OVERFLOW)
                .plusRejected(RejectionReason.UNDECODABLE)
                .plusRejected(RejectionReason.TOO_OLD);

        assertThat(account.rejected().keySet())
                .containsExactly(RejectionReason.UNDECODABLE, RejectionReason.TOO_OLD, RejectionReason.OVERFLOW);
    }

    @Test
    void shouldNotChangeItselfNorWithTheMapItWasMadeOf() {
        final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
        final PartitionAccount account = new PartitionAccount(0, 0, 0, 0, rejected, 0, 0, NOON, Optional.empty());
        rejected.put(RejectionReason.INVALID, 1L);
        account.plusRejected(RejectionReason.TOO_OLD);

        assertThat(account.rejectedInAll()).isZero();
        assertThatThrownBy(() -> account.rejected().put(RejectionReason.INVALID, 1L))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
