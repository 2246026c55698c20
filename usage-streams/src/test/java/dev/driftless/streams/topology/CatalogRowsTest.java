package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A definition that can't be used is none: its events are rejected and can be sent again, and the others go on. */
class CatalogRowsTest {
    private TopologyBed bed;

    @BeforeEach
    void setUp() {
        bed = new TopologyBed().feature("gb", Aggregation.SUM);
    }

    @AfterEach
    void tearDown() {
        bed.close();
    }

    @Test
    void shouldNotUseADefinitionUnderAnotherCode() {
        bed.featureUnder("cpu", TopologyBed.definition("gb", Aggregation.SUM).build());

        assertRejectedAndGoesOn();
    }

    @Test
    void shouldNotUseADefinitionOfAnAggregationThatIsNewerThanThisBuild() {
        bed.feature("cpu", Aggregation.OTHER);

        assertRejectedAndGoesOn();
    }

    @Test
    void shouldNotUseADistinctCountOfNothing() {
        bed.feature("cpu", Aggregation.UNIQUE);

        assertRejectedAndGoesOn();
    }

    private void assertRejectedAndGoesOn() {
        bed.publish(TopologyBed.event("cpu", "k1"));
        bed.publish(TopologyBed.event("gb", "k2"));

        assertThat(bed.rejections())
                .extracting(RejectedUsage::getReason)
                .containsExactly(RejectionReason.UNKNOWN_FEATURE);
        assertThat(bed.account().counted()).isEqualTo(1);
    }
}
