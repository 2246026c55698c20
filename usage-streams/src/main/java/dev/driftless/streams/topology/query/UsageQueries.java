package dev.driftless.streams.topology.query;

import static java.util.Objects.requireNonNull;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.CustomerPartitions;
import dev.driftless.streams.topology.TopologySettings;
import dev.driftless.streams.topology.UsageTopology;
import dev.driftless.streams.topology.store.DedupBuckets;
import dev.driftless.streams.topology.store.UsageView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Answers questions about one customer out of the stores of the running topology. Safe for use by several threads; an
 * answer is empty while this instance cannot give it, because partitions move or it does not have them.
 */
public final class UsageQueries {
    private static final Comparator<HostInfo> HOSTS =
            Comparator.comparing(HostInfo::host).thenComparing(HostInfo::port);

    private final KafkaStreams streams;
    private final int partitions;
    private final Duration window;
    private final DedupBuckets buckets;

    /**
     * Queries.
     *
     * @param streams runs the usage topology; stays open
     * @param settings of the topology
     * @param partitions of the usage events
     */
    public UsageQueries(final KafkaStreams streams, final TopologySettings settings, final int partitions) {
        this.streams = requireNonNull(streams);
        this.partitions = partitions;
        this.window = settings.window().dedupWindow();
        this.buckets = new DedupBuckets(window, settings.dedupBuckets());
    }

    /** Which instances have the customer's state, by the addresses that they were configured with. */
    public Optional<Holders> holders(final String customerId) {
        final int partition = CustomerPartitions.partitionOf(customerId, partitions);
        final StreamPartitioner<String, Object> placed = (topic, key, value, count) -> Optional.of(Set.of(partition));
        try {
            final KeyQueryMetadata metadata =
                    streams.queryMetadataForKey(UsageTopology.AGGREGATE_STORE, customerId, placed);
            return metadata == null || metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                    ? Optional.empty()
                    : Optional.of(new Holders(
                            partition,
                            metadata.activeHost(),
                            metadata.standbyHosts().stream().sorted(HOSTS).toList()));
        } catch (final InvalidStateStoreException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /**
     * The customer's aggregates, by feature and period.
     *
     * @param wanted which of them, given the partition's time
     * @param most how many at most
     * @param fromCopy whether a copy that may lag behind will do
     */
    public Optional<Found<List<Aggregate>>> usage(
            final String customerId,
            final BiPredicate<Aggregate, Instant> wanted,
            final int most,
            final boolean fromCopy) {
        return look(
                customerId,
                fromCopy,
                (view, now) -> view.aggregatesOf(customerId, aggregate -> wanted.test(aggregate, now), most));
    }

    /** What is remembered of an idempotency key of the customer; nothing within it if the key is not known. */
    public Optional<Found<Optional<Mark>>> event(
            final String customerId, final String idempotencyKey, final boolean fromCopy) {
        return look(customerId, fromCopy, (view, now) -> view.mark(KeyHash.of(customerId, idempotencyKey), now));
    }

    private <T> Optional<Found<T>> look(
            final String customerId, final boolean fromCopy, final BiFunction<UsageView, Instant, T> question) {
        final int partition = CustomerPartitions.partitionOf(customerId, partitions);
        try {
            final ReadOnlyKeyValueStore<Integer, PartitionAccount> accounts =
                    store(UsageTopology.ACCOUNT_STORE, QueryableStoreTypes.keyValueStore(), partition, fromCopy);
            final Instant now = Optional.ofNullable(accounts.get(partition))
                    .map(PartitionAccount::clock)
                    .orElse(Instant.EPOCH);
            final UsageView view = new UsageView(
                    store(
                            UsageTopology.AGGREGATE_STORE,
                            QueryableStoreTypes.<Bytes, byte[]>keyValueStore(),
                            partition,
                            fromCopy),
                    store(
                            UsageTopology.DEDUP_STORE,
                            QueryableStoreTypes.<Bytes, byte[]>windowStore(),
                            partition,
                            fromCopy),
                    buckets,
                    window);
            return Optional.of(new Found<>(question.apply(view, now), partition, now, fromCopy));
        } catch (final InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    private <T> T store(
            final String name, final QueryableStoreType<T> type, final int partition, final boolean fromCopy) {
        final StoreQueryParameters<T> parameters =
                StoreQueryParameters.fromNameAndType(name, type).withPartition(partition);
        return streams.store(fromCopy ? parameters.enableStaleStores() : parameters);
    }
}
