package dev.driftless.streams.topology.query;

import static java.util.Objects.requireNonNull;

import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.UsageTopology;
import dev.driftless.streams.topology.store.DeadlineCounts;
import dev.driftless.streams.topology.store.PeriodCounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * Counts the aggregates of the partitions that an instance processes. To count is to read, so what was counted is given
 * again for {@link #AGE} wherever the partitions are the same. Safe for use by several threads.
 */
public final class Periods {
    static final Duration AGE = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final Duration grace;
    private final Clock clock;
    private Instant countedAt = Instant.MIN;
    private List<PeriodCounts> counted = List.of();

    /**
     * Counts.
     *
     * @param streams runs the usage topology; stays open
     * @param grace between the end of a period and its closing
     * @param clock this machine's
     */
    public Periods(final KafkaStreams streams, final Duration grace, final Clock clock) {
        this.streams = requireNonNull(streams);
        this.grace = requireNonNull(grace);
        this.clock = requireNonNull(clock);
    }

    /** The counts of the partitions of these accounts; none while partitions move. */
    public synchronized List<PeriodCounts> of(final List<PartitionAccount> accounts) {
        final List<Integer> partitions =
                accounts.stream().map(PartitionAccount::partition).toList();
        final boolean isSame =
                counted.stream().map(PeriodCounts::partition).toList().equals(partitions);
        if (!isSame || clock.instant().isAfter(countedAt.plus(AGE))) {
            counted = count(accounts);
            countedAt = clock.instant();
        }
        return counted;
    }

    private List<PeriodCounts> count(final List<PartitionAccount> accounts) {
        try {
            return accounts.stream()
                    .map(account -> DeadlineCounts.count(
                            account.partition(),
                            streams.store(StoreQueryParameters.fromNameAndType(
                                            UsageTopology.DEADLINE_STORE,
                                            QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                                    .withPartition(account.partition())),
                            account.clock(),
                            grace))
                    .toList();
        } catch (final InvalidStateStoreException e) {
            return List.of();
        }
    }
}
