package dev.driftless.streams.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.driftless.schemas.Topics;
import dev.driftless.schemas.serde.SchemaRegistration;
import dev.driftless.streams.provisioning.Drift.Remedy;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.junit.jupiter.api.Test;

class SchemaComparisonTest {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final SchemaComparison comparison = new SchemaComparison(registry);

    @Test
    void shouldMissWhatIsNotRegistered() throws Exception {
        assertThat(comparison.drifts(Topics.DEFAULT))
                .hasSize(SchemaRegistration.subjects(Topics.DEFAULT).size())
                .allSatisfy(drift -> {
                    assertThat(drift.severity()).isEqualTo(Severity.BROKEN);
                    assertThat(drift.remedy()).isEqualTo(Remedy.APPLY);
                });
    }

    @Test
    void shouldFindNothingWrongAfterRegistration() throws Exception {
        new SchemaRegistration(registry).register(Topics.DEFAULT);

        assertThat(comparison.drifts(Topics.DEFAULT)).isEmpty();
    }

    @Test
    void shouldAdviseOnACompatibilityThatIsTooWeak() throws Exception {
        new SchemaRegistration(registry).register(Topics.DEFAULT);
        registry.updateCompatibility("usage-events-value", "NONE");

        assertThat(comparison.drifts(Topics.DEFAULT)).singleElement().satisfies(drift -> {
            assertThat(drift.place()).isEqualTo("subject usage-events-value");
            assertThat(drift.is()).isEqualTo("NONE");
            assertThat(drift.severity()).isEqualTo(Severity.ADVISORY);
        });
    }

    @Test
    void shouldNotTakeARegistryThatDoesNotAnswerForAnEmptyOne() throws Exception {
        try (SchemaRegistryClient absent = new CachedSchemaRegistryClient("http://127.0.0.1:1", 10)) {
            assertThatIOException().isThrownBy(() -> new SchemaComparison(absent).drifts(Topics.DEFAULT));
        }
    }
}
