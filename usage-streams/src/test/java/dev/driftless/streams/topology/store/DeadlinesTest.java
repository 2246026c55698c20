package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.topology.store.Deadlines.Action;
import dev.driftless.streams.topology.store.Deadlines.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private static final Instant START = Instant.parse("2026-04-01T01:00:00Z");

    private final KeyValueStore<Bytes, byte[]> store = TestStores.keyValue();
    private final Deadlines deadlines = new Deadlines(store);

    @Test
    void shouldHaveNoneAtFirst() {
        assertThat(deadlines.earliest()).isEmpty();
        assertThat(deadlines.takeDue(START, 10)).isEmpty();
    }

    @Test
    void shouldGiveOutWhatIsDueEarliestFirstAndOnce() {
        deadlines.add(close("c", 2));
        deadlines.add(close("a", 3));
        deadlines.add(close("b", 1));

        assertThat(deadlines.earliest()).contains(START.plusSeconds(1));
        assertThat(deadlines.takeDue(START.plusSeconds(2), 10)).containsExactly(close("b", 1), close("c", 2));
        assertThat(deadlines.takeDue(START.plusSeconds(2), 10)).isEmpty();
        assertThat(deadlines.earliest()).contains(START.plusSeconds(3));
    }

    @Test
    void shouldGiveOutAFewAtATime() {
        for (int i = 0; i < 25; i++) {
            deadlines.add(close("customer" + i, 0));
        }

        final List<Deadline> taken = new ArrayList<>();
        for (final int expected : new int[] {10, 10, 5, 0}) {
            final List<Deadline> turn = deadlines.takeDue(START, 10);
            assertThat(turn).hasSize(expected);
            taken.addAll(turn);
        }
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(deadlines.earliest()).isEmpty();
    }

    @Test
    void shouldTakeInWhatIsEarlierThanAnythingBefore() {
        deadlines.add(close("a", 5));
        deadlines.takeDue(START.plusSeconds(5), 10);
        deadlines.add(close("b", 9));
        deadlines.add(close("c", 1));

        assertThat(deadlines.earliest()).contains(START.plusSeconds(1));
        assertThat(deadlines.takeDue(START.plusSeconds(9), 10)).containsExactly(close("c", 1), close("b", 9));
    }

    @Test
    void shouldForgetWhatIsTakenOut() {
        deadlines.add(close("a", 1));
        deadlines.add(close("b", 2));
        deadlines.remove(close("a", 1));
        deadlines.remove(close("unknown", 1));

        assertThat(deadlines.earliest()).contains(START.plusSeconds(2));
        assertThat(deadlines.takeDue(START.plusSeconds(9), 10)).containsExactly(close("b", 2));
    }

    @Test
    void shouldGoOnWhereAnEarlierRunHasLeftOff() {
        deadlines.add(close("a", 1));
        deadlines.add(new Deadline(START.plusSeconds(1), Action.DROP, key("a")));

        final Deadlines reopened = new Deadlines(store);

        assertThat(reopened.earliest()).contains(START.plusSeconds(1));
        assertThat(reopened.takeDue(START.plusSeconds(1), 10))
                .containsExactly(close("a", 1), new Deadline(START.plusSeconds(1), Action.DROP, key("a")));
    }

    @Test
    void shouldAgreeWithAPlainSetWhateverTheOrder() {
        final Random random = new Random(3);
        final Set<Deadline> plain = new HashSet<>();
        for (int step = 0; step < 5_000; step++) {
            final Deadline deadline = close("customer" + random.nextInt(30), random.nextInt(50));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    deadlines.add(deadline);
                    plain.add(deadline);
                }
                case 2 -> {
                    deadlines.remove(deadline);
                    plain.remove(deadline);
                }
                default -> {
                    final Instant now = deadline.at();
                    final List<Deadline> due = deadlines.takeDue(now, 3);
                    assertThat(due)
                            .allSatisfy(taken -> assertThat(taken.at()).isBeforeOrEqualTo(now))
                            .isSortedAccordingTo(Comparator.comparing(Deadline::at));
                    assertThat(plain).containsAll(due);
                    due.forEach(plain::remove);
                    if (due.size() < 3) {
                        assertThat(plain)
                                .allSatisfy(left -> assertThat(left.at()).isAfter(now));
                    }
                }
            }
            assertThat(deadlines.earliest())
                    .isEqualTo(plain.stream().map(Deadline::at).min(Comparator.naturalOrder()));
        }
    }

    private static Deadline close(final String customer, final int seconds) {
        return new Deadline(START.plusSeconds(seconds), Action.CLOSE, key(customer));
    }

    private static AggregateKey key(final String customer) {
        return new AggregateKey(customer, "gb", START, List.of());
    }
}
