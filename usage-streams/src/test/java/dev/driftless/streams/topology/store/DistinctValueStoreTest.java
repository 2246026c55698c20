package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.AggregateKey.GroupValue;
import dev.driftless.streams.domain.aggregation.DistinctValues;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class DistinctValueStoreTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final AggregateKey KEY = new AggregateKey("acme", "users", MARCH, List.of());
    private static final AggregateKey GROUP =
            new AggregateKey("acme", "users", MARCH, List.of(new GroupValue("region", "eu")));

    private final KeyValueStore<Bytes, byte[]> store = TestStores.keyValue();
    private final DistinctValueStore values = new DistinctValueStore(store);

    @Test
    void shouldTellTheFirstAndTheLastEventWithAValue() {
        final DistinctValues ofKey = values.of(KEY);

        assertThat(ofKey.add("ann")).isTrue();
        assertThat(ofKey.add("ann")).isFalse();
        assertThat(ofKey.add("Ann")).isTrue();
        assertThat(ofKey.remove("ann")).isFalse();
        assertThat(ofKey.remove("ann")).isTrue();
        assertThat(ofKey.add("ann")).isTrue();
    }

    @Test
    void shouldKeepTheValuesOfEachAggregateApart() {
        values.of(KEY).add("ann");

        assertThat(values.of(GROUP).add("ann")).isTrue();
        assertThat(values.of(new AggregateKey("acme", "users", MARCH.plusMillis(1), List.of()))
                        .add("ann"))
                .isTrue();
    }

    @Test
    void shouldRefuseToTakeBackWhatNoEventCarries() {
        assertThatThrownBy(() -> values.of(KEY).remove("ann")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTakeAValueOfAnyLength() {
        final String longest = "\u00e4".repeat(1_000);

        assertThat(values.of(KEY).add(longest)).isTrue();
        assertThat(values.of(KEY).add(longest)).isFalse();
    }

    @Test
    void shouldDropAFewAtATimeAndNothingOfAnotherAggregate() {
        for (int value = 0; value < 7; value++) {
            values.of(KEY).add("u" + value);
        }
        values.of(GROUP).add("ann");

        assertThat(values.drop(KEY, 5)).isEqualTo(5);
        assertThat(values.drop(KEY, 5)).isEqualTo(2);
        assertThat(values.drop(KEY, 5)).isZero();
        assertThat(values.of(GROUP).add("ann")).isFalse();
        assertThat(store.approximateNumEntries()).isEqualTo(1);
    }
}
