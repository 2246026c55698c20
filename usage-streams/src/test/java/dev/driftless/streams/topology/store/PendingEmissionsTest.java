package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.AggregateKey.GroupValue;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingEmissionsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    private static final AggregateKey A = key("a");
    private static final AggregateKey B = key("b");
    private static final AggregateKey C = key("c");

    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("pending"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    private PendingEmissions pending;

    @BeforeEach
    void setUp() {
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        pending = new PendingEmissions(store);
    }

    @AfterEach
    void tearDown() {
        store.close();
    }

    @Test
    void shouldHaveNothingAtFirst() {
        assertThat(pending.earliest()).isEmpty();
        assertThat(pending.takeDue(Instant.parse("9998-12-31T00:00:00Z"))).isEmpty();
    }

    @Test
    void shouldGiveOutWhatIsDueInTheOrderOfTimesAndThenOfKeys() {
        pending.add(NOON.plusMillis(2), A);
        pending.add(NOON.plusMillis(1), C);
        pending.add(NOON.plusMillis(1), B);

        assertThat(pending.earliest()).contains(NOON.plusMillis(1));
        assertThat(pending.takeDue(NOON.plusMillis(2))).containsExactly(B, C, A);
        assertThat(pending.earliest()).isEmpty();
    }

    @Test
    void shouldGiveOutWhatIsDueAtThatVeryMillisecondAndNothingLater() {
        pending.add(NOON, A);
        pending.add(NOON.plusMillis(1), B);

        assertThat(pending.takeDue(NOON.minusMillis(1))).isEmpty();
        assertThat(pending.takeDue(NOON)).containsExactly(A);
        assertThat(pending.takeDue(NOON)).isEmpty();
        assertThat(pending.earliest()).contains(NOON.plusMillis(1));
        assertThat(pending.takeDue(NOON.plusMillis(1))).containsExactly(B);
    }

    @Test
    void shouldForgetWhatIsRemoved() {
        pending.add(NOON, A);
        pending.add(NOON, B);
        pending.remove(NOON, A);

        assertThat(pending.takeDue(NOON)).containsExactly(B);
    }

    @Test
    void shouldHoldAnAggregateOnceHoweverOftenItIsAdded() {
        pending.add(NOON, A);
        pending.add(NOON, A);

        assertThat(pending.takeDue(NOON)).containsExactly(A);
    }

    @Test
    void shouldFindAgainWhatAnEarlierRunHasLeftAndNothingElse() {
        final AggregateKey grouped = new AggregateKey("Straße", "f", NOON, List.of(new GroupValue("region", "東京")));
        pending.add(NOON, A);
        pending.add(NOON.plusMillis(5), grouped);
        pending.add(NOON.plusMillis(9), B);
        pending.add(NOON.plusMillis(9), C);
        pending.takeDue(NOON);
        pending.remove(NOON.plusMillis(9), C);

        final PendingEmissions reopened = new PendingEmissions(store);

        assertThat(reopened.earliest()).contains(NOON.plusMillis(5));
        assertThat(reopened.takeDue(NOON.plusMillis(9))).containsExactly(grouped, B);
        assertThat(new PendingEmissions(store).earliest()).isEmpty();
    }

    private static AggregateKey key(final String customer) {
        return new AggregateKey(customer, "f", NOON, List.of());
    }
}
