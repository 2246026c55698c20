package dev.driftless.cli.recount;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Judges all events of some customers anew, from the raw topic. Takes memory for their events alone; reads their partitions
 * whole.
 */
public final class CustomerHistory {
    private final RecountSettings settings;
    private final String usageRerouted;

    /** A history as the raw topic and the topic of the misplaced events tell it. */
    public CustomerHistory(final RecountSettings settings, final String usageRerouted) {
        this.settings = settings;
        this.usageRerouted = usageRerouted;
    }

    /**
     * Hands over all events that bear a customer's key, those of a partition in the order in which they were judged.
     *
     * @throws RecountException if they cannot be read
     */
    public void read(final Set<String> customers, final Consumer<JudgedEvent> reader) {
        read(Tables.read(settings), customers, Map.of(), reader);
    }

    /** As above, up to an offset in each partition; to the end where there is none. */
    void read(
            final Tables tables,
            final Set<String> customers,
            final Map<Integer, Long> until,
            final Consumer<JudgedEvent> reader) {
        try (TopicEnds topics = new TopicEnds(settings.client())) {
            final Map<Integer, Long> begins = topics.begins(settings.usageEvents());
            final Map<Integer, Long> ends = new TreeMap<>(topics.ends(settings.usageEvents()));
            ends.putAll(until);
            final Map<Integer, Long> reroutedBegins = topics.begins(usageRerouted);
            final Map<Integer, Long> reroutedEnds = topics.ends(usageRerouted);
            final Outcomes outcomes = new Told(new RejectionLog.Claims(settings, tables), reader);
            final Recounter recounter =
                    tables.counting(Shelf.NONE, begins.size(), outcomes).recounter();
            final Predicate<RawRecord> isTheirs = HomePartition.of(customers);
            final Set<Integer> homes = new TreeSet<>();
            customers.forEach(customer -> homes.add(HomePartition.of(customer, begins.size())));
            for (final int home : homes) {
                try (HomePartition partition = new HomePartition(
                        log(settings.usageEvents(), home, begins, ends),
                        log(usageRerouted, home, reroutedBegins, reroutedEnds))) {
                    judge(recounter, partition, home, isTheirs);
                }
            }
        } catch (final KafkaException failure) {
            throw new RecountException("events cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static void judge(
            final Recounter recounter,
            final HomePartition partition,
            final int home,
            final Predicate<RawRecord> isTheirs) {
        for (Optional<HomePartition.Step> step = partition.next(); step.isPresent(); step = partition.next()) {
            final boolean isRerouted = step.get().isRerouted();
            step.get().raw().ifPresent(record -> {
                if (!isTheirs.test(record)) {
                    if (!isRerouted) {
                        recounter.skip(record);
                    }
                } else if (isRerouted) {
                    recounter.acceptRerouted(record, home);
                } else {
                    recounter.accept(record);
                }
            });
        }
    }

    private PartitionLog log(
            final String topic, final int partition, final Map<Integer, Long> from, final Map<Integer, Long> until) {
        final long begin = from.get(partition);
        return new PartitionLog(
                new TopicPartition(topic, partition), begin, Math.max(begin, until.get(partition)), settings.client());
    }

    private record Told(RejectionLog.Claims claims, Consumer<JudgedEvent> reader) implements Outcomes {
        @Override
        public void settled(final Settled settled) {
            JudgedEvent.of(settled).ifPresent(reader);
        }

        @Override
        public Optional<String> claim(final RawRecord record, final RawEvent event) {
            return claims.of(record, event);
        }
    }
}
