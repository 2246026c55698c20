package dev.driftless.streams.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.schemas.serde.AvroSerdes;
import dev.driftless.schemas.serde.PublishedSchema;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.topology.decode.CountingRegistry;
import dev.driftless.streams.topology.decode.SchemaRegistryUnavailableException;
import dev.driftless.streams.topology.decode.WireDecoder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogTest {
    private static final String TOPIC = "feature-catalog";

    private final CountingRegistry registry = new CountingRegistry();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("catalog"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    private Catalog catalog;

    @BeforeEach
    void setUp() throws Exception {
        registry.register(TOPIC + "-value", new AvroSchema(PublishedSchema.of(FeatureDefinition.class)));
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        catalog = new Catalog(store, new WireDecoder<>(FeatureDefinition.class, registry, Clock.systemUTC()));
    }

    @AfterEach
    void tearDown() {
        store.close();
    }

    @Test
    void shouldFindADefinitionAsItWasWritten() {
        put("api_calls", definition("api_calls", 3).build());

        final Feature feature = catalog.find("api_calls").orElseThrow();

        assertThat(feature.code()).isEqualTo("api_calls");
        assertThat(feature.revision()).isEqualTo(3);
        assertThat(feature.aggregation()).isEqualTo(Aggregation.SUM);
        assertThat(feature.unit()).isEqualTo("call");
        assertThat(feature.groupBy()).containsExactly("region");
        assertThat(feature.effective()).containsExactly(new Feature.EffectiveInterval(Instant.EPOCH, Optional.empty()));
        assertThat(feature.limits())
                .isEqualTo(
                        new Feature.ValueLimits(Optional.of(new BigDecimal("-1.500000000")), Optional.empty(), true));
    }

    @Test
    void shouldSeeEachChangeOfADefinition() {
        assertThat(catalog.find("api_calls")).isEmpty();
        put("api_calls", definition("api_calls", 1).build());
        assertThat(catalog.find("api_calls")).map(Feature::revision).contains(1L);
        put("api_calls", definition("api_calls", 2).build());
        assertThat(catalog.find("api_calls")).map(Feature::revision).contains(2L);
        store.delete(keyOf("api_calls"));
        assertThat(catalog.find("api_calls")).isEmpty();
        put("api_calls", definition("api_calls", 3).build());
        assertThat(catalog.find("api_calls")).map(Feature::revision).contains(3L);
    }

    @Test
    void shouldNotBillOneFeatureToAnotherWhoseDefinitionStandsUnderTheWrongKey() {
        put("api_calls", definition("storage_gb", 1).build());

        assertThat(catalog.find("api_calls")).isEmpty();
        assertThat(catalog.find("storage_gb")).isEmpty();
    }

    @Test
    void shouldNotHaveADefinitionThatCannotBeRead() throws Exception {
        registry.register("other-key", new AvroSchema(PublishedSchema.of(UsageAggregateKey.class)));
        store.put(keyOf("empty"), new byte[0]);
        store.put(keyOf("garbage"), new byte[] {0, 0, 0, 0, 1, 127});
        store.put(
                keyOf("other"),
                serdes.key(UsageAggregateKey.class)
                        .serializer()
                        .serialize("other", new UsageAggregateKey("acme", "other", Instant.EPOCH, List.of())));

        assertThat(catalog.find("empty")).isEmpty();
        assertThat(catalog.find("garbage")).isEmpty();
        assertThat(catalog.find("other")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNIQUE", "OTHER"})
    void shouldNotHaveADefinitionWhoseAggregationThisBuildDoesNotKnow(final Aggregation aggregation) {
        put("users", definition("users", 1).setAggregation(aggregation).build());

        assertThat(catalog.find("users")).isEmpty();
    }

    @Test
    void shouldNotTakeAnOutageOfTheRegistryForAnAbsentDefinition() {
        put("api_calls", definition("api_calls", 1).build());
        registry.failWith(new ConnectException("refused"));
        assertThatThrownBy(() -> catalog.find("api_calls")).isInstanceOf(SchemaRegistryUnavailableException.class);
        assertThatThrownBy(() -> catalog.find("api_calls")).isInstanceOf(SchemaRegistryUnavailableException.class);

        registry.recover();
        assertThat(catalog.find("api_calls")).isPresent();

        registry.failWith(new ConnectException("refused"));
        put("api_calls", definition("api_calls", 2).build());
        assertThat(catalog.find("api_calls")).map(Feature::revision).contains(2L);
    }

    private void put(final String key, final FeatureDefinition definition) {
        store.put(keyOf(key), serdes.value(FeatureDefinition.class).serializer().serialize(TOPIC, definition));
    }

    private static Bytes keyOf(final String code) {
        return Bytes.wrap(code.getBytes(UTF_8));
    }

    private static FeatureDefinition.Builder definition(final String code, final long revision) {
        return FeatureDefinition.newBuilder()
                .setCode(code)
                .setRevision(revision)
                .setAggregation(Aggregation.SUM)
                .setUnit("call")
                .setEffective(List.of(new EffectiveInterval(Instant.EPOCH, null)))
                .setGroupBy(List.of("region"))
                .setMinimum(new BigDecimal("-1.500000000"))
                .setWholeNumbers(true);
    }
}
