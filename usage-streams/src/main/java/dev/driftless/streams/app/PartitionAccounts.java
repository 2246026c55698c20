package dev.driftless.streams.app;

import static java.util.Objects.requireNonNull;

import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.UsageTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the accounts that Kafka Streams, running the usage topology, holds. Safe for use by several threads. */
final class PartitionAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionAccounts.class);

    private final KafkaStreams streams;

    /** @param streams stays open */
    PartitionAccounts(final KafkaStreams streams) {
        this.streams = requireNonNull(streams);
    }

    /**
     * The accounts of the partitions that this instance holds, up to the last record processed, which may be a little more
     * than was committed; nothing while partitions move.
     */
    Optional<List<PartitionAccount>> read() {
        if (streams.state() != State.RUNNING) {
            return Optional.empty();
        }
        try {
            return Optional.of(holdsPartitions() ? readStore() : List.of());
        } catch (final InvalidStateStoreException e) {
            LOG.debug("accounts cannot be read now", e);
            return Optional.empty();
        }
    }

    /** With more instances than partitions some hold none, and Kafka Streams has no store for them. */
    private boolean holdsPartitions() {
        return streams.metadataForLocalThreads().stream()
                .anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    private List<PartitionAccount> readStore() {
        final ReadOnlyKeyValueStore<Integer, PartitionAccount> store = streams.store(
                StoreQueryParameters.fromNameAndType(UsageTopology.ACCOUNT_STORE, QueryableStoreTypes.keyValueStore()));
        final List<PartitionAccount> accounts = new ArrayList<>();
        try (KeyValueIterator<Integer, PartitionAccount> entries = store.all()) {
            entries.forEachRemaining(entry -> accounts.add(entry.value));
        }
        return accounts;
    }
}
