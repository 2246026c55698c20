package dev.driftless.streams.topology;

import dev.driftless.streams.domain.PartitionAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A course of things on one partition.
 *
 * @param settings the application's settings
 * @param partitions how many partitions the topics have
 * @param steps what happens; the brokers' clock may step back
 */
record History(TopologySettings settings, int partitions, List<HistoryStep> steps) {
    History {
        steps = List.copyOf(steps);
    }

    /** Where application and model part if both are told all of it, each a new one; nothing where they agree. */
    Optional<String> difference(final TopologyBed.Stores stores) {
        final NaivePipeline model = new NaivePipeline(settings, partitions);
        try (TopologyBed bed = TopologyBed.restartable(settings, partitions, stores)) {
            steps.forEach(step -> step.tell(model));
            tell(bed);
            return Comparison.of(bed, model, PartitionAccount.open(0), "");
        }
    }

    /** Tells all of it to the application. */
    void tell(final TopologyBed bed) {
        for (final HistoryStep step : steps) {
            bed.at(step.at());
            step.tell(bed);
        }
    }

    /** A history as short as it gets by leaving steps out, on which a condition still holds. */
    History shrunkWhile(final Predicate<History> condition) {
        List<HistoryStep> rest = steps;
        int chunk = rest.size() / 2;
        while (chunk > 0) {
            final Optional<List<HistoryStep>> shorter = withoutSome(rest, chunk, condition);
            rest = shorter.orElse(rest);
            chunk = shorter.isPresent() ? Math.min(chunk, rest.size()) : chunk / 2;
        }
        return new History(settings, partitions, rest);
    }

    private Optional<List<HistoryStep>> withoutSome(
            final List<HistoryStep> all, final int chunk, final Predicate<History> condition) {
        return IntStream.iterate(0, start -> start < all.size(), start -> start + chunk)
                .mapToObj(start -> {
                    final List<HistoryStep> some = new ArrayList<>(all.subList(0, start));
                    some.addAll(all.subList(Math.min(start + chunk, all.size()), all.size()));
                    return some;
                })
                .filter(some -> condition.test(new History(settings, partitions, some)))
                .findFirst()
                .map(some -> some);
    }

    /** As a case of docs/cases.md, as far as its notation goes. */
    @Override
    public String toString() {
        return settings + ", partitions " + partitions + "\n"
                + steps.stream().map(HistoryNotation::of).collect(Collectors.joining("\n"));
    }
}
