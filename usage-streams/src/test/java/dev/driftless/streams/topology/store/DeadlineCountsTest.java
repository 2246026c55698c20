package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.topology.store.Deadlines.Action;
import dev.driftless.streams.topology.store.Deadlines.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class DeadlineCountsTest {
    private static final Duration GRACE = Duration.ofHours(1);
    private static final Instant END = Instant.parse("2026-04-01T00:00:00Z");

    private final KeyValueStore<Bytes, byte[]> store = TestStores.keyValue();

    @Test
    void shouldCountAPeriodAsClosingFromItsEndUntilItIsClosed() {
        new Deadlines(store).add(new Deadline(END.plus(GRACE), Action.CLOSE, key("acme")));

        assertThat(count(END.minusMillis(1))).isEqualTo(new PeriodCounts(7, 1, 0, 0));
        assertThat(count(END)).isEqualTo(new PeriodCounts(7, 0, 1, 0));
        assertThat(count(END.plus(GRACE).plusSeconds(1))).isEqualTo(new PeriodCounts(7, 0, 1, 0));
    }

    @Test
    void shouldCountAsClosedWhatWaitsToBeDroppedWhetherItsTimeHasComeOrNot() {
        new Deadlines(store).add(new Deadline(END, Action.DROP, key("acme")));

        assertThat(count(END.minusSeconds(1))).isEqualTo(new PeriodCounts(7, 0, 0, 1));
        assertThat(count(END.plusSeconds(1))).isEqualTo(new PeriodCounts(7, 0, 0, 1));
    }

    @Test
    void shouldReadNoMoreThanItMayAndTheEarliestFirst() {
        final Deadlines deadlines = new Deadlines(store);
        for (int i = 0; i < DeadlineCounts.MOST; i++) {
            deadlines.add(new Deadline(END.plusSeconds(i + 1), Action.CLOSE, key("c" + i)));
        }
        deadlines.add(new Deadline(END.minusSeconds(1), Action.CLOSE, key("first")));

        assertThat(count(END.minus(GRACE))).isEqualTo(new PeriodCounts(7, DeadlineCounts.MOST - 1, 1, 0));
    }

    private PeriodCounts count(final Instant now) {
        return DeadlineCounts.count(7, store, now, GRACE);
    }

    private static AggregateKey key(final String customer) {
        return new AggregateKey(customer, "api_calls", Instant.parse("2026-03-01T00:00:00Z"), List.of());
    }
}
