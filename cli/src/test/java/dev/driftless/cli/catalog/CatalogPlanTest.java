package dev.driftless.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.file.Problem;
import dev.driftless.cli.table.RowChange;
import dev.driftless.cli.table.RowChange.Effect;
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogPlanTest {
    private static final FeatureDefinition API_CALLS = feature("api_calls").build();

    @Test
    void shouldCreateAFeatureThatIsNotPublishedWithRevisionOne() {
        assertThat(CatalogPlan.of(List.of(API_CALLS), Map.of(), false).changes())
                .containsExactly(change(Effect.CREATED, revision(API_CALLS, 1)));
    }

    @Test
    void shouldLeaveAFeatureThatIsPublishedAsItIsWanted() {
        final FeatureDefinition published = revision(API_CALLS, 7);

        assertThat(plan(published, API_CALLS).changes()).containsExactly(change(Effect.UNCHANGED, published));
    }

    @Test
    void shouldCompareIntervalsThatEndWithThoseReadFromTheTopic() {
        final List<EffectiveInterval> ending = List.of(new EffectiveInterval(Instant.EPOCH, Instant.ofEpochSecond(1)));
        final FeatureDefinition wanted =
                feature("legacy_exports").setEffective(ending).build();
        // As Avro gives it: in a list of its own.
        final FeatureDefinition published =
                FeatureDefinition.newBuilder(wanted).setRevision(2).build();

        assertThat(plan(published, wanted).changes())
                .extracting(RowChange::effect)
                .containsExactly(Effect.UNCHANGED);
    }

    @Test
    void shouldPublishAChangedFeatureWithTheNextRevision() {
        final FeatureDefinition wanted =
                FeatureDefinition.newBuilder(API_CALLS).setDescription("new").build();

        assertThat(plan(revision(API_CALLS, 7), wanted).changes())
                .containsExactly(change(Effect.CHANGED, revision(wanted, 8)));
    }

    @Test
    void shouldRefuseToChangeWhatIsFixedForTheLifeOfACode() {
        final FeatureDefinition wanted = FeatureDefinition.newBuilder(API_CALLS)
                .setAggregation(Aggregation.SUM)
                .setUnit("request")
                .setGroupBy(List.of("region"))
                .setUniqueProperty("user")
                .build();

        assertThat(plan(revision(API_CALLS, 1), wanted).problems())
                .extracting(Problem::field)
                .containsExactly("aggregation", "unit", "groupBy", "uniqueProperty");
    }

    @Test
    void shouldWriteOnlyWhatIsNewOrChanged() {
        final FeatureDefinition other = feature("video_minutes").build();

        final CatalogPlan plan =
                CatalogPlan.of(List.of(API_CALLS, other), Map.of("api_calls", revision(API_CALLS, 3)), false);

        assertThat(plan.writes()).containsOnly(Map.entry("video_minutes", revision(other, 1)));
    }

    @Test
    void shouldRefuseAVagueCodeUnlessItIsAllowed() {
        final List<FeatureDefinition> vague = List.of(feature("event_x").build());

        assertThat(CatalogPlan.of(vague, Map.of(), false).problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("'event_x' says nothing", "--allow-vague");
        assertThat(CatalogPlan.of(vague, Map.of(), true).problems()).isEmpty();
    }

    @Test
    void shouldNotRefuseAVagueCodeThatIsAlreadyPublished() {
        final FeatureDefinition published = feature("event_x").setRevision(1).build();

        assertThat(plan(published, published).problems()).isEmpty();
    }

    @Test
    void shouldWarnOfACodeThatIsCloseToAnotherOfTheCatalogOrTheFile() {
        final CatalogPlan plan = CatalogPlan.of(
                List.of(
                        feature("api_call").build(),
                        feature("exported_rows").build(),
                        feature("exported_row").build()),
                Map.of("api_calls", revision(API_CALLS, 1)),
                false);

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.warnings()).extracting(Problem::subject).containsExactly("api_call", "exported_row");
    }

    private static RowChange<FeatureDefinition> change(final Effect effect, final FeatureDefinition definition) {
        return new RowChange<>(effect, definition.getCode(), definition.getRevision(), definition);
    }

    private static CatalogPlan plan(final FeatureDefinition published, final FeatureDefinition wanted) {
        return CatalogPlan.of(List.of(wanted), Map.of(published.getCode(), published), false);
    }

    private static FeatureDefinition revision(final FeatureDefinition definition, final long revision) {
        return FeatureDefinition.newBuilder(definition).setRevision(revision).build();
    }

    private static FeatureDefinition.Builder feature(final String code) {
        return FeatureDefinition.newBuilder()
                .setCode(code)
                .setRevision(0)
                .setAggregation(Aggregation.COUNT)
                .setUnit("call")
                .setEffective(List.of(new EffectiveInterval(Instant.EPOCH, null)));
    }
}
