package dev.driftless.streams.topology;

import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.TopologyBed.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Histories one after the other on one application, since to start one takes as long as a whole history. Each has
 * customers of its own and defines the catalog anew; settings, time and state go on. Most series keep their stores in
 * memory, which is faster; the others have longer histories.
 */
final class HistorySeries {
    /** Each takes months, and centuries if that is how long periods stay open. */
    private static final Instant LATEST_START = Instant.parse("3000-01-01T00:00:00Z");

    private static final int ON_ROCKSDB_OF_TEN = 1;

    /**
     * What became of a series.
     *
     * @param account outcomes, for statistics
     * @param histories how many were told
     * @param failure a history on which application and model part, cut down, and how they do; nothing where they agree
     */
    record Verdict(PartitionAccount account, int histories, Optional<String> failure) {}

    private final long seed;
    private final SplittableRandom random;
    private final TopologySettings settings;
    private final int partitions;
    private final Stores stores;
    private final List<HistoryStep> told = new ArrayList<>();
    private Instant start = TopologyBed.START;

    HistorySeries(final long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.stores = random.nextInt(10) < ON_ROCKSDB_OF_TEN ? Stores.ROCKSDB : Stores.MEMORY;
        this.settings = RandomHistory.settings(random);
        this.partitions = random.nextInt(1, 4);
    }

    /** Tells the series to application and model, until they part. */
    Verdict tell() {
        final int histories = stores == Stores.ROCKSDB ? 4 : 64;
        try (TopologyBed bed = TopologyBed.restartable(settings, partitions, stores)) {
            int number = 0;
            Optional<String> failure = Optional.empty();
            while (number < histories && start.isBefore(LATEST_START) && failure.isEmpty()) {
                failure = tellOne(bed, number);
                number++;
            }
            return new Verdict(bed.account(), number, failure);
        }
    }

    private Optional<String> tellOne(final TopologyBed bed, final int number) {
        final PartitionAccount before = bed.account();
        final NaivePipeline model = new NaivePipeline(
                settings, partitions, before.clock(), before.readTo().orElse(-1L));
        final String customers = number + "-";
        final int records = stores == Stores.ROCKSDB ? 100 : random.nextInt(10, 41);
        final History history = RandomHistory.of(random, settings, partitions, model, start, customers, records);
        start = model.clock();
        told.addAll(history.steps());
        history.tell(bed);
        return Comparison.of(bed, model, before, customers).map(difference -> cutDown(history, difference));
    }

    /** The history alone if it fails alone, or else all of the series until there. */
    private String cutDown(final History last, final String difference) {
        final History failing = last.difference(stores).isPresent() ? last : new History(settings, partitions, told);
        final History shortest =
                failing.shrunkWhile(some -> some.difference(stores).isPresent());
        return "seed " + seed + ", stores " + stores + "\n" + shortest + "\n"
                + shortest.difference(stores).orElse("does not fail again: " + difference);
    }
}
