package dev.driftless.cli.recount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.recount.FeatureTable.Definition;
import dev.driftless.cli.recount.Hashes.Half;
import dev.driftless.cli.recount.Recounter.ExpectedRejection;
import dev.driftless.cli.recount.RejectionLog.Found;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final AggregateName NAME = new AggregateName("acme", "api_calls", 0);
    private static final SourcePosition POSITION = new SourcePosition(3, 17);
    private static final Half ORIGINAL = new Half(1, 2);
    private static final Account ACCOUNT = new Account(1, 0, Map.of("INVALID", 1L), 0, 0);

    private final ExpectedAggregate aggregate = new ExpectedAggregate(
            new Definition(
                    "api_calls",
                    Quantity.SUM,
                    "call",
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    List.of(),
                    Optional.empty(),
                    Optional.empty()),
            new Period(0, 100),
            3);
    private final Comparison comparison = new Comparison(new Expectation(
            Map.of(3, ACCOUNT), Map.of(NAME, aggregate), Map.of(POSITION, new ExpectedRejection("INVALID", ORIGINAL))));

    @BeforeEach
    void countOneEvent() {
        aggregate.count(
                new RawEvent("acme", "api_calls", new BigDecimal("1.5"), "k1", 50, Map.of(), "USAGE", Optional.empty()),
                new byte[] {1});
        aggregate.completeTo(10);
    }

    @Test
    void shouldAgreeWithTheSameAggregate() {
        assertThat(comparison
                        .aggregates(Map.of(NAME, billed("1.500000000", 0, 10)))
                        .holds())
                .isTrue();
    }

    @Test
    void shouldSayHowAnAggregateDiffers() {
        assertThat(comparison
                        .aggregates(Map.of(NAME, billed("1.500000001", 2, 9)))
                        .examples())
                .containsExactly(
                        NAME + ": quantity is 1.500000001, should be 1.5; duplicateCount is 2, should be 0",
                        NAME + ": says it is complete to offset 9, an event at 10 is part of it");
    }

    @Test
    void shouldFindWhatIsMissingAndWhatShouldNotBeThere() {
        final AggregateName other = new AggregateName("acme", "api_calls", 100);

        assertThat(comparison.aggregates(Map.of(other, billed("1.5", 0, 10))).examples())
                .containsExactly(NAME + ": is missing", other + ": is billed, but no event of it was counted");
    }

    @Test
    void shouldHoldTheAccountAgainstEachPartition() {
        assertThat(accounts(Map.of(3, ACCOUNT, 4, Account.EMPTY)).holds()).isTrue();
        assertThat(accounts(Map.of(2, ACCOUNT)).examples()).hasSize(2);
        assertThat(accounts(Map.of(3, new Account(1, 1, Map.of("INVALID", 1L), 0, 9)))
                        .examples())
                .containsExactly("partition 3: read is 3, should be 2; duplicates is 1, should be 0");
    }

    @Test
    void shouldNotAgreeWhileAnInstanceDoesNotAnswer() {
        assertThat(comparison.accounts(Optional.empty()).holds()).isFalse();
    }

    @Test
    void shouldHoldReasonAndBytesOfARejectionAgainstEachOther() {
        assertThat(rejections(Map.of(POSITION, new Found("INVALID", ORIGINAL))).holds())
                .isTrue();
        assertThat(rejections(Map.of(POSITION, new Found("TOO_OLD", ORIGINAL))).examples())
                .containsExactly(POSITION + ": is rejected as TOO_OLD, should be as INVALID");
        assertThat(rejections(Map.of(POSITION, new Found("INVALID", new Half(0, 0))))
                        .holds())
                .isFalse();
        assertThat(rejections(Map.of(new SourcePosition(0, 0), new Found("INVALID", ORIGINAL)))
                        .disagreements())
                .isEqualTo(2);
    }

    private Agreement accounts(final Map<Integer, Account> partitions) {
        return comparison.accounts(Optional.of(new ReportedAccount(partitions, List.of())));
    }

    private Agreement rejections(final Map<SourcePosition, Found> found) {
        return comparison.rejections(found);
    }

    private static BilledAggregate billed(final String quantity, final long duplicates, final long sourceOffset) {
        return new BilledAggregate(
                1,
                "SUM",
                "call",
                new BigDecimal(quantity),
                1,
                duplicates,
                0,
                0,
                Optional.of(50L),
                Optional.of(50L),
                100,
                "OPEN",
                Optional.empty(),
                BigInteger.ONE,
                3,
                sourceOffset,
                1);
    }
}
