package dev.driftless.streams.topology;

import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.NaiveTotal.Billed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A course of things on one partition.
 *
 * @param settings the application's settings
 * @param partitions how many partitions the topics have
 * @param steps what happens, in ascending order of time
 */
record History(TopologySettings settings, int partitions, List<HistoryStep> steps) {
    History {
        steps = List.copyOf(steps);
    }

    /**
     * What the application makes of a history, and what it should.
     *
     * @param account outcomes, for statistics
     * @param difference where the two part; nothing where they agree
     */
    record Verdict(PartitionAccount account, Optional<String> difference) {}

    /** Tells all of it to the application and to the model. */
    Verdict tell() {
        final NaivePipeline model = new NaivePipeline(settings, partitions);
        try (TopologyBed bed = new TopologyBed(settings, partitions)) {
            for (final HistoryStep step : steps) {
                bed.at(step.at());
                step.tell(bed);
                step.tell(model);
            }
            return new Verdict(bed.account(), difference(bed, model));
        }
    }

    private static Optional<String> difference(final TopologyBed bed, final NaivePipeline model) {
        final Map<Long, RejectionReason> rejections = new TreeMap<>();
        for (final RejectedUsage rejected : bed.rejections()) {
            if (rejections.put(rejected.getSourceOffset(), rejected.getReason()) != null) {
                return Optional.of("offset " + rejected.getSourceOffset() + " is rejected twice");
            }
        }
        return difference("rejections", rejections, model.rejections())
                .or(() -> difference("account", bed.account(), model.account()))
                .or(() -> billedDifference(
                        byName(bed.aggregates().stream().map(Billed::of).toList()), byName(model.billed())));
    }

    private static Map<String, List<Billed>> byName(final List<Billed> billed) {
        return billed.stream().collect(Collectors.groupingBy(Billed::name, TreeMap::new, Collectors.toList()));
    }

    private static Optional<String> billedDifference(
            final Map<String, List<Billed>> billed, final Map<String, List<Billed>> expected) {
        return difference("aggregates", billed.keySet(), expected.keySet()).or(() -> billed.keySet().stream()
                .map(name -> difference(name, billed.get(name), expected.get(name)))
                .flatMap(Optional::stream)
                .findFirst());
    }

    private static Optional<String> difference(final String what, final Object is, final Object should) {
        return is.equals(should)
                ? Optional.empty()
                : Optional.of(what + "\n  is        " + is + "\n  should be " + should);
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
