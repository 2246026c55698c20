package dev.driftless.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.file.Problem;
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectChangeTest {
    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String START = "2026-01-01T00:00:00Z";
    private static final EffectiveInterval ENDLESS = interval(START, null);

    @Test
    void shouldEndTheIntervalInEffectAndRaiseTheRevisionByOne() {
        final CatalogPlan plan = at(NOW).archive(catalog(ENDLESS));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.writes()).containsOnly(Map.entry("api_calls", feature(8, interval(START, NOW.toString()))));
    }

    @Test
    void shouldEndTheEffectAtAnInstantToCome() {
        assertThat(intervals(at("2027-01-01T00:00:00Z").archive(catalog(ENDLESS))))
                .containsExactly(interval(START, "2027-01-01T00:00:00Z"));
    }

    @Test
    void shouldLeaveAnIntervalThatIsOverAsItWas() {
        final EffectiveInterval over = interval("2025-01-01T00:00:00Z", "2025-07-01T00:00:00Z");

        assertThat(intervals(at(NOW).archive(catalog(over, ENDLESS))))
                .containsExactly(over, interval(START, NOW.toString()));
    }

    @Test
    void shouldEndLaterIntervalsTooAndSaySo() {
        final CatalogPlan plan = at(NOW).archive(
                        catalog(interval(START, "2026-09-01T00:00:00Z"), interval("2027-01-01T00:00:00Z", null)));

        assertThat(intervals(plan)).containsExactly(interval(START, NOW.toString()));
        assertThat(plan.warnings())
                .extracting(Problem::toString)
                .containsExactly("api_calls: effective loses the later interval from 2027-01-01T00:00:00Z");
    }

    @Test
    void shouldRefuseToArchiveWhatIsArchived() {
        assertThat(at(NOW).archive(catalog(interval(START, "2026-03-01T00:00:00Z")))
                        .problems())
                .extracting(Problem::toString)
                .containsExactly("api_calls: --at '2026-06-15T12:00:00Z' is refused: the feature is archived since"
                        + " 2026-03-01T00:00:00Z");
    }

    @Test
    void shouldHoldTheEndOfAnIntervalForOutsideOfIt() {
        assertThat(at(NOW).archive(catalog(interval(START, NOW.toString()))).problems())
                .hasSize(1);
        assertThat(intervals(at(NOW).reopen(catalog(interval(START, NOW.toString())))))
                .containsExactly(interval(START, NOW.toString()), interval(NOW.toString(), null));
    }

    @Test
    void shouldRefuseToArchiveAFeatureBeforeItsEffectBegins() {
        assertThat(at(NOW).archive(catalog(interval("2026-07-01T00:00:00Z", null)))
                        .problems())
                .extracting(Problem::message)
                .containsExactly(
                        "'2026-06-15T12:00:00Z' is refused: the feature is not in effect then, but will be from"
                                + " 2026-07-01T00:00:00Z; catalog apply changes that");
    }

    @Test
    void shouldRefuseToArchiveAtTheVeryStartOfTheEffect() {
        assertThat(at("2026-07-01T00:00:00Z")
                        .archive(catalog(interval("2026-07-01T00:00:00Z", null)))
                        .problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("comes into effect at that very instant");
    }

    @Test
    void shouldReopenAnArchivedFeatureWithoutTouchingWhatWas() {
        final EffectiveInterval over = interval(START, "2026-03-01T00:00:00Z");

        final CatalogPlan plan = at(NOW).reopen(catalog(over));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.writes())
                .containsOnly(Map.entry("api_calls", feature(8, over, interval(NOW.toString(), null))));
    }

    @Test
    void shouldRefuseToReopenWhatIsInEffectOrWillBe() {
        assertThat(at(NOW).reopen(catalog(ENDLESS)).problems())
                .extracting(Problem::message)
                .containsExactly("'2026-06-15T12:00:00Z' is refused: the feature is in effect then, from " + START);
        assertThat(at(NOW).reopen(catalog(interval("2026-07-01T00:00:00Z", null)))
                        .problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("comes into effect later by itself, from 2026-07-01T00:00:00Z");
    }

    @Test
    void shouldRefuseAnInstantThatLiesBackUnlessItIsAllowed() {
        final Instant back = NOW.minusMillis(1);

        assertThat(at(back).archive(catalog(ENDLESS)).problems())
                .extracting(Problem::message)
                .containsExactly(
                        "'2026-06-15T11:59:59.999Z' must not lie before now, 2026-06-15T12:00:00Z: usage of that"
                                + " time which is already counted stays counted, and only events that arrive from now on are"
                                + " judged anew (--allow-retroactive does it anyway)");
        assertThat(intervals(new EffectChange("api_calls", back, NOW, true).archive(catalog(ENDLESS))))
                .containsExactly(interval(START, back.toString()));
        assertThat(intervals(new EffectChange("api_calls", back, NOW, true)
                        .reopen(catalog(interval(START, "2026-03-01T00:00:00Z")))))
                .hasSize(2);
    }

    @Test
    void shouldSuggestTheCodeThatWasMeant() {
        final EffectChange change = new EffectChange("api_call", NOW, NOW, false);

        assertThat(change.archive(catalog(ENDLESS)).problems())
                .extracting(Problem::toString)
                .containsExactly("api_call: code is not in the catalog; did you mean 'api_calls'?");
        assertThat(change.reopen(Map.of()).problems())
                .extracting(Problem::toString)
                .containsExactly("api_call: code is not in the catalog");
    }

    @Test
    void shouldWarnWhenAFileOpensAnArchivedFeatureAgain() {
        final Map<String, FeatureDefinition> archived = catalog(interval(START, "2026-03-01T00:00:00Z"));
        final CatalogPlan reopening = CatalogPlan.of(List.of(feature(0, ENDLESS)), archived, false);

        assertThat(PastEffect.warnings(reopening, archived, NOW))
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("api_calls: effective changes for a time before now");
    }

    @Test
    void shouldNotWarnWhenOnlyTheFutureOrTheWritingOfIntervalsChanges() {
        final Map<String, FeatureDefinition> published = catalog(ENDLESS);
        final CatalogPlan ending =
                CatalogPlan.of(List.of(feature(0, interval(START, "2026-07-01T00:00:00Z"))), published, false);
        final CatalogPlan splitting = CatalogPlan.of(
                List.of(feature(0, interval(START, "2026-02-01T00:00:00Z"), interval("2026-02-01T00:00:00Z", null))),
                published,
                false);
        final CatalogPlan creating = CatalogPlan.of(List.of(feature(0, ENDLESS)), Map.of(), false);

        assertThat(PastEffect.warnings(ending, published, NOW)).isEmpty();
        assertThat(PastEffect.warnings(splitting, published, NOW)).isEmpty();
        assertThat(PastEffect.warnings(creating, Map.of(), NOW)).isEmpty();
    }

    private static EffectChange at(final String at) {
        return at(Instant.parse(at));
    }

    private static EffectChange at(final Instant at) {
        return new EffectChange("api_calls", at, NOW, false);
    }

    private static List<EffectiveInterval> intervals(final CatalogPlan plan) {
        assertThat(plan.problems()).isEmpty();
        return plan.writes().get("api_calls").getEffective();
    }

    private static Map<String, FeatureDefinition> catalog(final EffectiveInterval... intervals) {
        return Map.of("api_calls", feature(7, intervals));
    }

    private static FeatureDefinition feature(final long revision, final EffectiveInterval... intervals) {
        return FeatureDefinition.newBuilder()
                .setCode("api_calls")
                .setRevision(revision)
                .setAggregation(Aggregation.COUNT)
                .setUnit("call")
                .setEffective(List.of(intervals))
                .build();
    }

    private static EffectiveInterval interval(final String from, final String until) {
        return new EffectiveInterval(Instant.parse(from), until == null ? null : Instant.parse(until));
    }
}
