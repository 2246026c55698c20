package dev.driftless.bench.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Medians of one case over all rounds.
 *
 * @param name of the case
 * @param title what it is
 * @param steadyRatio median of the ratios of steady rates to the pass-through of the same round; nothing without one
 * @param median of each figure
 */
public record Summary(String name, String title, Optional<Double> steadyRatio, Measurement median) {

    /** The summary of a case; it must have been run in each round. */
    public static Summary of(final Case measured, final List<List<Measurement>> rounds) {
        final List<Measurement> own =
                rounds.stream().map(round -> in(round, measured).orElseThrow()).toList();
        final double[] ratios = rounds.stream()
                .flatMap(round -> ratio(round, measured).stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        return new Summary(
                measured.name(),
                measured.title(),
                ratios.length == 0 ? Optional.empty() : Optional.of(median(DoubleStream.of(ratios))),
                medians(measured, own));
    }

    private static Optional<Double> ratio(final List<Measurement> round, final Case measured) {
        return in(round, Case.PASS_THROUGH)
                .map(upper -> in(round, measured).orElseThrow().steadyPerSecond() / upper.steadyPerSecond());
    }

    private static Optional<Measurement> in(final List<Measurement> round, final Case measured) {
        return round.stream()
                .filter(measurement -> measurement.name().equals(measured.name()))
                .findFirst();
    }

    private static Measurement medians(final Case measured, final List<Measurement> own) {
        return new Measurement(
                measured.name(),
                own.get(0).events(),
                median(own, Measurement::seconds),
                median(own, Measurement::wholePerSecond),
                median(own, Measurement::steadyPerSecond),
                median(own, Measurement::wholeCpuPerMillion),
                median(own, Measurement::steadyCpuPerMillion),
                median(own, Measurement::brokerCpuPerMillion),
                optionalMedian(own.stream().map(Measurement::peakMemory)),
                median(own, Measurement::brokerBytesPerEvent),
                optionalMedian(own.stream().map(Measurement::stateBytesPerKey)),
                optionalMedian(own.stream().map(Measurement::changelogBytesPerKey)));
    }

    private static double median(final List<Measurement> own, final ToDoubleFunction<Measurement> figure) {
        return median(own.stream().mapToDouble(figure));
    }

    private static Optional<Double> optionalMedian(final Stream<Optional<Double>> figures) {
        final double[] known = figures.flatMap(Optional::stream)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        return known.length == 0 ? Optional.empty() : Optional.of(median(DoubleStream.of(known)));
    }

    /** The middle one, or the mean of the two in the middle. */
    static double median(final DoubleStream figures) {
        final double[] sorted = figures.sorted().toArray();
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
