package dev.driftless.streams.topology;

import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.NaiveTotal.Billed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what the application has written since it was last asked against the model. */
final class Comparison {
    private Comparison() {}

    /**
     * The first difference, in words.
     *
     * @param before the partition's account before the model was told anything
     * @param customers how the ids of the model's customers start
     */
    static Optional<String> of(
            final TopologyBed bed, final NaivePipeline model, final PartitionAccount before, final String customers) {
        final Map<Long, RejectionReason> rejections = new TreeMap<>();
        for (final RejectedUsage rejected : bed.rejections()) {
            if (rejections.put(rejected.getSourceOffset(), rejected.getReason()) != null) {
                return Optional.of("offset " + rejected.getSourceOffset() + " is rejected twice");
            }
        }
        final Stream<UsageAggregate> billed = bed.aggregates().stream()
                .filter(aggregate -> aggregate.getCustomerId().startsWith(customers));
        return difference("rejections", rejections, model.rejections())
                .or(() -> difference("account", bed.account(), sum(before, model.account())))
                .or(() -> billed(byName(billed.map(Billed::of).toList()), byName(model.billed())));
    }

    private static PartitionAccount sum(final PartitionAccount before, final PartitionAccount since) {
        final Map<RejectionReason, Long> rejected = new TreeMap<>(before.rejected());
        since.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
        return new PartitionAccount(
                since.partition(),
                before.read() + since.read(),
                before.counted() + since.counted(),
                before.duplicates() + since.duplicates(),
                rejected,
                before.rerouted() + since.rerouted(),
                before.ticks() + since.ticks(),
                since.clock(),
                since.readTo());
    }

    private static Map<String, List<Billed>> byName(final List<Billed> billed) {
        return billed.stream().collect(Collectors.groupingBy(Billed::name, TreeMap::new, Collectors.toList()));
    }

    private static Optional<String> billed(
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
}
