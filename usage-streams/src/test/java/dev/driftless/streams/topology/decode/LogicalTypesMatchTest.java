package dev.driftless.streams.topology.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.UsageEvent;
import java.time.Clock;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogicalTypesMatchTest {

    @ParameterizedTest
    @ValueSource(classes = {UsageEvent.class, FeatureDefinition.class, Subscription.class})
    void shouldFindNoDifferenceBetweenASchemaAndItself(final Class<?> type) throws Exception {
        final Schema schema = (Schema) type.getMethod("getClassSchema").invoke(null);

        assertThat(LogicalTypesMatch.difference(schema, schema)).isEmpty();
    }

    @Test
    void shouldFindADecimalOfAnotherScaleWithinAUnion() {
        assertThat(LogicalTypesMatch.difference(
                        FeatureDefinition.getClassSchema(), definition("\"scale\":9", "\"scale\":2")))
                .get()
                .asString()
                .startsWith("schema FeatureDefinition, field 'minimum' is {\"type\":\"bytes\"");
    }

    @Test
    void shouldFindATimeOfAnotherUnitWithinARecordWithinAnArray() {
        assertThat(LogicalTypesMatch.difference(
                        FeatureDefinition.getClassSchema(), definition("timestamp-millis", "timestamp-micros")))
                .get()
                .asString()
                .startsWith("schema FeatureDefinition, field 'effective'[], field 'from' is ");
    }

    @Test
    void shouldFindABranchOfAUnionThatOursDoesNotHave() {
        final Schema ours = nullable("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":9}");

        assertThat(LogicalTypesMatch.difference(ours, nullable("\"bytes\""))).isPresent();
        assertThat(LogicalTypesMatch.difference(ours, new Schema.Parser().parse("\"bytes\"")))
                .isPresent();
        assertThat(LogicalTypesMatch.difference(ours, ours.getTypes().get(1))).isEmpty();
        assertThat(LogicalTypesMatch.difference(ours.getTypes().get(1), ours)).isEmpty();
    }

    @Test
    void shouldKeepACatalogRowFromBeingReadTenMillionTimesTooSmall() {
        final CountingRegistry registry = new CountingRegistry();
        final Schema scaled = definition("\"scale\":9", "\"scale\":2");
        final byte[] row = WireBytes.of(registry.add(scaled), encoder -> {});

        assertThatThrownBy(() -> new WireDecoder<>(FeatureDefinition.class, registry, Clock.systemUTC()).decode(row))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("field 'minimum'")
                .hasMessageContaining("\"scale\":2");
    }

    private static Schema definition(final String piece, final String replacement) {
        return new Schema.Parser()
                .parse(FeatureDefinition.getClassSchema().toString().replace(piece, replacement));
    }

    private static Schema nullable(final String type) {
        return new Schema.Parser().parse("[\"null\"," + type + "]");
    }
}
