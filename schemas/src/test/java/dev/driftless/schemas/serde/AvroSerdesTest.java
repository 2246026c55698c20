package dev.driftless.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.GroupValue;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdesTest {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final Instant TIME = Instant.parse("2026-03-10T12:00:00.123Z");

    private final SchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private Map<String, Integer> ids;

    @BeforeEach
    void register() throws Exception {
        ids = new SchemaRegistration(registry).register(TOPICS);
    }

    @Test
    void shouldReadEachRecordAsItWasWritten() {
        assertRoundTrip(serdes.value(UsageEvent.class), TOPICS.usageEvents(), event("2.5"));
        assertRoundTrip(serdes.value(FeatureDefinition.class), TOPICS.featureCatalog(), definition());
        assertRoundTrip(serdes.value(Subscription.class), TOPICS.subscriptions(), subscription());
        assertRoundTrip(serdes.key(UsageAggregateKey.class), TOPICS.billingUsage(), aggregateKey());
        assertRoundTrip(serdes.value(UsageAggregate.class), TOPICS.billingUsage(), aggregate());
        assertRoundTrip(serdes.value(RejectedUsage.class), TOPICS.usageRejected(), rejected());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1",
                "0.000000001",
                "-0.000000001",
                "0.1",
                "99999999999999999999999999999.999999999",
                "-99999999999999999999999999999.999999999"
            })
    void shouldKeepADecimalExactly(final String value) {
        final Serde<UsageEvent> serde = serdes.value(UsageEvent.class);

        final UsageEvent read = roundTrip(serde, TOPICS.usageEvents(), event(value));

        assertThat(read.getValue()).isEqualTo(new BigDecimal(value).setScale(9));
    }

    @Test
    void shouldWriteInConfluentWireFormat() {
        final byte[] bytes = serdes.value(UsageEvent.class).serializer().serialize(TOPICS.usageEvents(), event("1"));

        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(ids.get("usage-events-value"));
    }

    @Test
    void shouldReadAndWriteATombstone() {
        final Serde<FeatureDefinition> serde = serdes.value(FeatureDefinition.class);

        assertThat(serde.serializer().serialize(TOPICS.featureCatalog(), null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPICS.featureCatalog(), null))
                .isNull();
    }

    @Test
    void shouldNeverRegisterASchema() throws Exception {
        final SchemaRegistryClient empty = new MockSchemaRegistryClient();
        final AvroSerdes unregistered = new AvroSerdes(empty);

        assertThatThrownBy(() ->
                        unregistered.value(UsageEvent.class).serializer().serialize(TOPICS.usageEvents(), event("1")))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> serdes.value(UsageEvent.class).serializer().serialize("usage-event", event("1")))
                .isInstanceOf(SerializationException.class);

        assertThatThrownBy(() -> empty.getSchemaById(1)).isInstanceOf(RestClientException.class);
        assertThatThrownBy(() -> registry.getSchemaById(ids.size() + 1)).isInstanceOf(RestClientException.class);
    }

    @Test
    void shouldRegisterEachSubjectOnceAndHoldItFullyTransitive() throws Exception {
        final Map<String, Integer> again = new SchemaRegistration(registry).register(TOPICS);

        assertThat(again).isEqualTo(ids);
        for (final String subject : ids.keySet()) {
            assertThat(registry.getCompatibility(subject)).as(subject).isEqualTo("FULL_TRANSITIVE");
            assertThat(registry.getAllVersions(subject)).as(subject).hasSize(1);
        }
    }

    @Test
    void shouldRefuseBytesThatAreNotInWireFormat() {
        final Serde<UsageEvent> serde = serdes.value(UsageEvent.class);

        assertThatThrownBy(() -> serde.deserializer().deserialize(TOPICS.usageEvents(), new byte[] {1, 2, 3, 4, 5, 6}))
                .isInstanceOf(SerializationException.class);
    }

    private static <T extends SpecificRecord> void assertRoundTrip(
            final Serde<T> serde, final String topic, final T written) {
        // The equals of generated records fails on arrays that were read: Avro forgets their logical types there.
        assertThat(roundTrip(serde, topic, written)).usingRecursiveComparison().isEqualTo(written);
    }

    private static <T> T roundTrip(final Serde<T> serde, final String topic, final T written) {
        return serde.deserializer().deserialize(topic, serde.serializer().serialize(topic, written));
    }

    private static BigDecimal decimal(final String value) {
        return new BigDecimal(value).setScale(9);
    }

    private static UsageEvent event(final String value) {
        return new UsageEvent(
                "Straße 東京",
                "api_calls",
                decimal(value),
                "key \uD83D\uDE80",
                TIME,
                Map.of("region", "eu", "model", ""),
                UsageKind.VOID,
                "k0");
    }

    private static FeatureDefinition definition() {
        return FeatureDefinition.newBuilder()
                .setCode("api_calls")
                .setRevision(3)
                .setAggregation(Aggregation.UNIQUE)
                .setUnit("call")
                .setDescription("Calls")
                .setEffective(List.of(
                        new EffectiveInterval(Instant.EPOCH, TIME), new EffectiveInterval(TIME.plusMillis(1), null)))
                .setUniqueProperty("user")
                .setGroupBy(List.of("region"))
                .setMinimum(decimal("-1"))
                .setMaximum(decimal("1000000"))
                .setWholeNumbers(true)
                .setLatePolicy(LatePolicy.NEXT)
                .build();
    }

    private static Subscription subscription() {
        return new Subscription(
                "acme",
                1L,
                List.of(new SubscriptionTerm(TIME, PeriodInterval.MONTH, "2026-01-31T00:00", "Europe/Berlin")));
    }

    private static UsageAggregateKey aggregateKey() {
        return new UsageAggregateKey("acme", "api_calls", TIME, List.of(new GroupValue("region", "eu")));
    }

    private static UsageAggregate aggregate() {
        return UsageAggregate.newBuilder()
                .setCustomerId("acme")
                .setFeature("api_calls")
                .setPeriodStart(TIME)
                .setPeriodEnd(TIME.plusSeconds(1))
                .setGroups(List.of(new GroupValue("region", "eu")))
                .setAggregation(Aggregation.SUM)
                .setUnit("call")
                .setQuantity(decimal("-12345.000000001"))
                .setEventCount((1L << 53) - 1)
                .setDuplicateCount(2)
                .setLateCount(3)
                .setFirstOccurredAt(TIME)
                .setLastOccurredAt(null)
                .setRevision(5)
                .setStatus(PeriodStatus.AMENDED)
                .setPreviousQuantity(decimal("7"))
                .setCountedKeysDigest(ByteBuffer.wrap(new byte[32]))
                .setSourcePartition(4)
                .setSourceOffset(-1)
                .setCatalogRevision(9)
                .build();
    }

    private static RejectedUsage rejected() {
        return new RejectedUsage(
                RejectionReason.INVALID,
                "value '1' must be 2",
                "acme",
                null,
                "k1",
                TIME,
                3,
                7L,
                TIME,
                null,
                ByteBuffer.wrap(new byte[] {0, -1, 127}));
    }
}
