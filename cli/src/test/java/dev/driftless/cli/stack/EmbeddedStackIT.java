package dev.driftless.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.catalog.CatalogPlan;
import dev.driftless.cli.catalog.CatalogTopic;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackIT {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepTopicsSchemasAndCatalogBetweenRuns() {
        try (EmbeddedStack stack = stack().start()) {
            Provisioning.withDefaults(connection(stack)).applyOrFail();
            catalog(stack).apply(published -> CatalogPlan.of(List.of(feature()), published, false));
        }

        try (EmbeddedStack stack = stack().start()) {
            assertThat(Provisioning.withDefaults(connection(stack))
                            .check()
                            .drift()
                            .drifts())
                    .isEmpty();
            assertThat(catalog(stack).read())
                    .containsOnlyKeys("api_calls")
                    .containsValue(FeatureDefinition.newBuilder(feature())
                            .setRevision(1)
                            .build());
        }
    }

    @Test
    void shouldRefuseASecondStackOnTheSameDirectoryAndFreeItAtTheEnd() {
        try (EmbeddedStack stack = stack().temporary().start()) {
            assertThat(stack.failure()).isEmpty();
            assertThatThrownBy(() -> stack().start())
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("is in use by this process");
        }
        assertThat(Files.exists(directory)).isFalse();
    }

    private EmbeddedStack.Builder stack() {
        return EmbeddedStack.builder().dataDirectory(directory).tuning(Tuning.SHORT_RUN);
    }

    private static ConnectionOptions connection(final EmbeddedStack stack) {
        return new ConnectionOptions(
                stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
    }

    private static CatalogTopic catalog(final EmbeddedStack stack) {
        return new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection(stack));
    }

    private static FeatureDefinition feature() {
        return FeatureDefinition.newBuilder()
                .setCode("api_calls")
                .setRevision(0)
                .setAggregation(Aggregation.COUNT)
                .setUnit("call")
                .setEffective(List.of(new EffectiveInterval(Instant.EPOCH, null)))
                .build();
    }
}
