package dev.driftless.cli.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.file.Problem;
import dev.driftless.cli.table.RowChange;
import dev.driftless.cli.table.RowChange.Effect;
import dev.driftless.cli.table.Rows;
import dev.driftless.cli.table.UnusableRow;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubscriptionsPlanTest {
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Term PAST = term("2026-01-31T00:00:00Z", "MONTH", "2026-01-31T00:00");
    private static final Term AT_NOW = term("2026-06-15T12:00:00Z", "WEEK", "2026-06-15T12:00");
    private static final Term FUTURE = term("2027-01-01T00:00:00Z", "YEAR", "2027-01-01T00:00");

    @Test
    void shouldCreateASubscriptionThatIsNotPublishedWithRevisionOne() {
        final SubscriptionsPlan plan = plan(none(), AT_NOW, FUTURE);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.changes()).containsExactly(change(Effect.CREATED, acme(1, AT_NOW, FUTURE)));
        assertThat(plan.writes()).containsOnlyKeys("acme");
    }

    @Test
    void shouldWriteTheRecordAsTheSchemaSays() {
        assertThat(plan(none(), FUTURE).writes())
                .containsEntry(
                        "acme",
                        new Subscription(
                                "acme",
                                1L,
                                List.of(new SubscriptionTerm(
                                        FUTURE.effectiveFrom(),
                                        PeriodInterval.YEAR,
                                        "2027-01-01T00:00",
                                        "Europe/Berlin"))));
    }

    @Test
    void shouldNotWriteWhatIsPublishedAsItIsWanted() {
        final SubscriptionsPlan plan = plan(published(acme(7, PAST, FUTURE)), PAST, FUTURE);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.changes()).containsExactly(change(Effect.UNCHANGED, acme(7, PAST, FUTURE)));
        assertThat(plan.writes()).isEmpty();
    }

    @Test
    void shouldTakeAnotherWritingOfTheSameAnchorForTheSame() {
        final Subscription published = new Subscription(
                "acme",
                2L,
                List.of(new SubscriptionTerm(
                        PAST.effectiveFrom(), PeriodInterval.MONTH, "2026-01-31T00:00:00.000", "Europe/Berlin")));

        assertThat(plan(published(published), PAST).changes()).containsExactly(change(Effect.UNCHANGED, published));
    }

    @Test
    void shouldPublishAChangeToComeWithTheNextRevision() {
        assertThat(plan(published(acme(7, PAST)), PAST, FUTURE).changes())
                .containsExactly(change(Effect.CHANGED, acme(8, PAST, FUTURE)));
        assertThat(plan(published(acme(7, PAST, FUTURE)), PAST).changes())
                .containsExactly(change(Effect.CHANGED, acme(8, PAST)));
        assertThat(plan(published(acme(7, PAST, FUTURE)), PAST, AT_NOW).problems())
                .isEmpty();
    }

    @Test
    void shouldRefuseANewTermThatStartsBeforeNow() {
        assertThat(plan(none(), PAST).problems())
                .extracting(Problem::toString)
                .containsExactly("acme: from '2026-01-31T00:00:00Z' lies before now, 2026-06-15T12:00:00Z, and is new");
    }

    @Test
    void shouldRefuseToLeaveOutATermThatStartsBeforeNow() {
        assertThat(plan(published(acme(7, PAST)), FUTURE).problems())
                .extracting(Problem::message)
                .containsExactly(
                        "'2026-01-31T00:00:00Z' lies before now, 2026-06-15T12:00:00Z, and is published but not"
                                + " in the file (MONTH, anchor 2026-01-31T00:00, Europe/Berlin)");
    }

    @Test
    void shouldRefuseToAlterATermThatStartsBeforeNow() {
        assertThat(plan(published(acme(7, PAST)), term("2026-01-31T00:00:00Z", "DAY", "2026-01-31T00:00"))
                        .problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .endsWith("and is published otherwise (MONTH, anchor 2026-01-31T00:00, Europe/Berlin)");
    }

    @Test
    void shouldRefuseToMoveATermToComeIntoThePast() {
        assertThat(plan(published(acme(7, FUTURE)), PAST).problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("2026-01-31", "is new");
    }

    @Test
    void shouldChangeThePastOnlyIfThatIsAllowedAndWarn() {
        final SubscriptionsPlan plan =
                SubscriptionsPlan.of(List.of(wanted(FUTURE)), published(acme(7, PAST)), NOW, true);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.warnings()).hasSize(1);
        assertThat(plan.writes()).containsOnly(Map.entry("acme", acme(8, FUTURE)));
    }

    @Test
    void shouldRefuseTheWholeFileForOneCustomer() {
        final CustomerTerms zeta = new CustomerTerms("zeta", new SubscriptionTerms(List.of(FUTURE)));

        final SubscriptionsPlan plan = SubscriptionsPlan.of(List.of(zeta, wanted(PAST)), none(), NOW, false);

        assertThat(plan.problems()).extracting(Problem::subject).containsExactly("acme");
        assertThat(plan.advice()).contains("--allow-retroactive");
    }

    @Test
    void shouldWriteARowAgainThatAnUnusableOneStandsBehind() {
        final UnusableRow garbage = new UnusableRow("acme", 1, 5, false, "cannot be read: Unknown magic byte!");

        final SubscriptionsPlan plan = plan(new Rows<>(Map.of("acme", acme(7, PAST)), List.of(garbage)), PAST);

        assertThat(plan.changes()).containsExactly(change(Effect.CHANGED, acme(8, PAST)));
        assertThat(plan.warnings())
                .extracting(Problem::toString)
                .containsExactly("acme: row in partition 1 at offset 5 cannot be read: Unknown magic byte!");
    }

    @Test
    void shouldOnlyWarnOfARowInAnotherPartition() {
        final UnusableRow misplaced = new UnusableRow("acme", 3, 5, true, "is not used");

        final SubscriptionsPlan plan = plan(new Rows<>(Map.of("acme", acme(7, PAST)), List.of(misplaced)), PAST);

        assertThat(plan.writes()).isEmpty();
        assertThat(plan.warnings()).hasSize(1);
    }

    private static SubscriptionsPlan plan(final Rows<Subscription> published, final Term... terms) {
        return SubscriptionsPlan.of(List.of(wanted(terms)), published, NOW, false);
    }

    private static CustomerTerms wanted(final Term... terms) {
        return new CustomerTerms("acme", new SubscriptionTerms(List.of(terms)));
    }

    private static Subscription acme(final long revision, final Term... terms) {
        return wanted(terms).subscription(revision);
    }

    private static Rows<Subscription> none() {
        return new Rows<>(Map.of(), List.of());
    }

    private static Rows<Subscription> published(final Subscription row) {
        return new Rows<>(Map.of(row.getCustomerId(), row), List.of());
    }

    private static RowChange<Subscription> change(final Effect effect, final Subscription row) {
        return new RowChange<>(effect, row.getCustomerId(), row.getRevision(), row);
    }

    private static Term term(final String from, final String interval, final String anchor) {
        return new Term(Instant.parse(from), PeriodRule.parse(interval, anchor, "Europe/Berlin"));
    }
}
