package dev.driftless.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.schemas.serde.AvroSerdes;
import dev.driftless.schemas.serde.PublishedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.math.BigDecimal;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageEncoderTest {
    private Serde<UsageEvent> confluent;
    private UsageEncoder encoder;

    @BeforeEach
    void registerTheSchema() throws Exception {
        final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        final int id = registry.register("usage-events-value", new AvroSchema(PublishedSchema.of(UsageEvent.class)));
        confluent = new AvroSerdes(registry).value(UsageEvent.class);
        encoder = new UsageEncoder(id);
    }

    @Test
    void shouldWriteWhatConfluentsDeserializerReads() {
        final UsageEvent read = confluent
                .deserializer()
                .deserialize(
                        "usage-events",
                        encoder.encode(
                                usage().property("region", "\uD83D\uDE80").build()));

        assertThat(read.getCustomerId()).isEqualTo("acme");
        assertThat(read.getFeature()).isEqualTo("api_calls");
        assertThat(read.getValue()).isEqualTo(new BigDecimal("-12.500000000"));
        assertThat(read.getIdempotencyKey()).isEqualTo("k");
        assertThat(read.getOccurredAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.001Z"));
        assertThat(read.getProperties()).containsOnlyKeys("region").containsValue("\uD83D\uDE80");
        assertThat(read.getKind()).isEqualTo(UsageKind.USAGE);
        assertThat(read.getVoidedKey()).isNull();
    }

    @Test
    void shouldWriteTheBytesThatConfluentsSerializerWrites() {
        final byte[] bytes = encoder.encode(usage().property("region", "eu").build());
        final UsageEvent read = confluent.deserializer().deserialize("usage-events", bytes);

        assertThat(bytes).isEqualTo(confluent.serializer().serialize("usage-events", read));
    }

    @Test
    void shouldWriteTheSameBytesForEqualEventsWhateverTheOrderOfTheirProperties() {
        final Usage one = usage().property("b", "2").property("a", "1").build();
        final Usage other = usage().property("a", "1").property("b", "2").build();

        assertThat(encoder.encode(one)).isEqualTo(encoder.encode(one)).isEqualTo(encoder.encode(other));
    }

    private static Usage.Builder usage() {
        return Usage.builder()
                .customer("acme")
                .feature("api_calls")
                .value("-12.5")
                .idempotencyKey("k")
                .occurredAt(Instant.parse("2026-01-01T00:00:00.001Z"));
    }
}
