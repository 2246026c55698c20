package dev.driftless.streams.topology;

import static dev.driftless.streams.topology.TopologyBed.decimal;
import static dev.driftless.streams.topology.TopologyBed.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.Mark;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mark tells of the copies that came after the first. */
class CopiesTest {
    private final TopologyBed bed = new TopologyBed();

    @BeforeEach
    void setUp() {
        bed.feature("api_calls", Aggregation.SUM);
    }

    @AfterEach
    void tearDown() {
        bed.close();
    }

    @Test
    void shouldCountTheCopiesOfAnEventAndNothingElseOfItsMarkShouldChange() {
        bed.publish(event("api_calls", "k1"));
        final Mark first = mark("k1");
        bed.pass(Duration.ofDays(3)).publish(event("api_calls", "k1")).publish(event("api_calls", "k1"));

        assertThat(first.copies()).isZero();
        assertThat(mark("k1")).isEqualTo(first.repeated().repeated());
        assertThat(mark("k1").copies()).isEqualTo(bed.account().duplicates());
    }

    /** A rejection leaves no trace in the state, also not in the mark of the event that stands in its way. */
    @Test
    void shouldNotCountAnEventThatUsesTheKeyForOtherContent() {
        bed.publish(event("api_calls", "k1")).publish(event("api_calls", "k1").setValue(decimal("2")));

        assertThat(mark("k1").copies()).isZero();
    }

    @Test
    void shouldKeepTheNumberWhenTheEventIsTakenBackAndGoOnFromThere() {
        bed.publish(event("api_calls", "k1")).publish(event("api_calls", "k1"));
        bed.publish(voiding("v1", "k1"));
        bed.publish(event("api_calls", "k1"));

        assertThat(mark("k1").state()).isEqualTo(Mark.State.TAKEN_BACK);
        assertThat(mark("k1").copies()).isEqualTo(2);
    }

    @Test
    void shouldCountTheCopiesOfAVoidApartFromThoseOfItsEvent() {
        bed.publish(event("api_calls", "k1"));
        bed.publish(voiding("v1", "k1")).publish(voiding("v1", "k1")).publish(voiding("v2", "k1"));

        assertThat(mark("v1").copies()).isEqualTo(1);
        assertThat(mark("k1").copies()).isZero();
        assertThat(bed.mark("v2")).isEmpty();
    }

    private static UsageEvent.Builder voiding(final String key, final String voided) {
        return event("api_calls", key).setKind(UsageKind.VOID).setVoidedKey(voided);
    }

    private Mark mark(final String key) {
        return bed.mark(key).orElseThrow();
    }
}
