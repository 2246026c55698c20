package dev.driftless.streams.domain.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.Aggregation;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccumulationsTest {
    private static final Set<Aggregation> CAN_BE_TAKEN_BACK =
            EnumSet.of(Aggregation.SUM, Aggregation.COUNT, Aggregation.UNIQUE);
    private static final Set<Aggregation> ADDITIVE = EnumSet.of(Aggregation.SUM, Aggregation.COUNT);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void shouldKnowEachAggregationAndWhetherItCanBeTakenBack(final Aggregation aggregation) {
        final Accumulation accumulation = Accumulations.of(aggregation);

        assertThat(accumulation.inverse().isPresent()).isEqualTo(CAN_BE_TAKEN_BACK.contains(aggregation));
        assertThat(accumulation.isAdditive()).isEqualTo(ADDITIVE.contains(aggregation));
    }

    @Test
    void shouldNotKnowOneThatIsNewerThanThisBuild() {
        assertThat(Accumulations.find(Aggregation.OTHER)).isEmpty();
        assertThatThrownBy(() -> Accumulations.of(Aggregation.OTHER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this build has no aggregation OTHER");
    }
}
