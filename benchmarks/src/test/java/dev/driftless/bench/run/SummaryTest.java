package dev.driftless.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void shouldRelateEachRunToThePassThroughOfItsOwnRound() {
        final Summary summary = Summary.of(
                Case.SHIPPED,
                List.of(
                        List.of(measurement("a", 100), measurement("b", 50)),
                        List.of(measurement("a", 40), measurement("b", 10)),
                        List.of(measurement("a", 200), measurement("b", 80))));

        assertThat(summary.steadyRatio()).hasValue(0.4);
        assertThat(summary.median().steadyPerSecond()).isEqualTo(50);
    }

    @Test
    void shouldHaveNoRatioWithoutAPassThrough() {
        assertThat(Summary.of(Case.SHIPPED, List.of(List.of(measurement("b", 50))))
                        .steadyRatio())
                .isEmpty();
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddle() {
        assertThat(Summary.median(DoubleStream.of(4, 1, 3, 2))).isEqualTo(2.5);
    }

    private static Measurement measurement(final String name, final double rate) {
        return new Measurement(
                name, 1_000, 1, rate, rate, 10, 10, 3, Optional.empty(), 100, Optional.empty(), Optional.empty());
    }
}
