package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.topology.store.Deadlines;
import dev.driftless.streams.topology.store.Deadlines.Action;
import dev.driftless.streams.topology.store.Deadlines.Deadline;
import dev.driftless.streams.topology.store.DistinctValueStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands in the stores and no history shows: entries of another setting, and more than is dropped at a time. */
class ClosingAndDroppingTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final AggregateKey KEY = new AggregateKey("acme", "gb", MARCH, List.of());
    private static final Instant DROPPED = APRIL.plus(TopologySettings.DEFAULT.changeableAfterEnd());

    private TopologyBed bed;

    @BeforeEach
    void setUp() {
        bed = new TopologyBed().feature("gb", Aggregation.SUM);
        bed.publish(TopologyBed.event("gb", "k1"));
    }

    @AfterEach
    void tearDown() {
        bed.close();
    }

    @Test
    void shouldNotCloseAgainAtAnEntryThatALongerGraceHasLeft() {
        add(new Deadline(APRIL.plus(Duration.ofDays(2)), Action.CLOSE, KEY));

        bed.at(APRIL.plus(Duration.ofDays(1)))
                .publish(TopologyBed.event("gb", "late").setOccurredAt(TopologyBed.START));
        bed.at(APRIL.plus(Duration.ofDays(3))).tick();

        assertThat(bed.aggregates())
                .extracting(UsageAggregate::getStatus)
                .containsExactly(PeriodStatus.OPEN, PeriodStatus.CLOSED, PeriodStatus.AMENDED);
    }

    @Test
    void shouldNotCloseEarlierAtAnEntryThatAShorterGraceHasLeft() {
        bed.at(APRIL.minusSeconds(120)).publish(TopologyBed.event("gb", "k2").setOccurredAt(APRIL.plusSeconds(120)));
        final AggregateKey april = new AggregateKey("acme", "gb", APRIL, List.of());
        add(new Deadline(APRIL.plus(Duration.ofDays(20)), Action.CLOSE, april));
        bed.at(APRIL.plus(Duration.ofDays(1))).tick();
        bed.aggregates();

        bed.at(APRIL.plus(Duration.ofDays(20))).tick();
        assertThat(bed.aggregates()).isEmpty();

        bed.at(Instant.parse("2026-05-01T01:00:00Z")).tick();
        assertThat(bed.aggregates()).extracting(UsageAggregate::getStatus).containsExactly(PeriodStatus.CLOSED);
    }

    @Test
    void shouldKeepAnAggregateForAsLongAsAnEventOrAVoidCanReachIt() {
        bed.at(DROPPED.minusMillis(1)).tick();
        assertThat(bed.entries(Names.AGGREGATE_STORE)).isEqualTo(1);

        bed.at(DROPPED).tick();
        assertThat(bed.entries(Names.AGGREGATE_STORE)).isZero();
        assertThat(bed.entries(Names.DEADLINE_STORE)).isZero();
    }

    @Test
    void shouldTakeBackTheLastEventAtTheLastMoment() {
        final Instant last = APRIL.minusMillis(1);
        final Duration age = TopologySettings.DEFAULT.window().admissibleAge();
        final Duration window = TopologySettings.DEFAULT.window().dedupWindow();
        bed.at(last.plus(age)).publish(TopologyBed.event("gb", "last").setOccurredAt(last));
        bed.at(last.plus(age).plus(window))
                .publish(TopologyBed.event("gb", "void")
                        .setKind(UsageKind.VOID)
                        .setVoidedKey("last")
                        .setOccurredAt(bed.brokerTime()));

        final List<UsageAggregate> aggregates = bed.aggregates();
        assertThat(aggregates.get(aggregates.size() - 1)).satisfies(aggregate -> {
            assertThat(aggregate.getQuantity()).isEqualByComparingTo("1");
            assertThat(aggregate.getVoidCount()).isEqualTo(1);
            assertThat(aggregate.getStatus()).isEqualTo(PeriodStatus.AMENDED);
        });
    }

    @Test
    void shouldDropManyDistinctValuesInTurns() {
        final DistinctValueStore values = new DistinctValueStore(bed.store(Names.DISTINCT_STORE));
        for (int value = 0; value < 10_500; value++) {
            values.of(KEY).add("u" + value);
        }
        bed.at(DROPPED.minusMillis(1)).tick();

        bed.at(DROPPED).tick();
        assertThat(bed.entries(Names.DISTINCT_STORE)).isEqualTo(500);
        assertThat(bed.entries(Names.AGGREGATE_STORE)).isEqualTo(1);

        bed.idle(Duration.ofMillis(50));
        assertThat(bed.entries(Names.DISTINCT_STORE)).isZero();
        assertThat(bed.entries(Names.AGGREGATE_STORE)).isZero();
        assertThat(bed.ticks()).isEmpty();
    }

    private void add(final Deadline deadline) {
        new Deadlines(bed.store(Names.DEADLINE_STORE)).add(deadline);
    }
}
