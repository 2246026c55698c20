package dev.driftless.streams.app.ops;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The account of all partitions that this instance holds, as JSON shows it.
 *
 * @param partitions ascending
 * @param totals their sum
 * @param balanced whether in each partition every record read has exactly one outcome; the two are counted apart
 */
@JsonPropertyOrder({"partitions", "totals", "balanced"})
public record AccountReport(List<Partition> partitions, Totals totals, boolean balanced) {
    /** One partition; the clock is broker time in ISO 8601. */
    @JsonPropertyOrder({"partition", "read", "counted", "duplicates", "rejected", "rerouted", "ticks", "clock"})
    public record Partition(
            int partition,
            long read,
            long counted,
            long duplicates,
            Map<RejectionReason, Long> rejected,
            long rerouted,
            long ticks,
            String clock) {}

    /** Sums over partitions. */
    @JsonPropertyOrder({"read", "counted", "duplicates", "rejected", "rerouted", "ticks"})
    public record Totals(
            long read, long counted, long duplicates, Map<RejectionReason, Long> rejected, long rerouted, long ticks) {}

    /** The report of some accounts. */
    public static AccountReport of(final List<PartitionAccount> accounts) {
        final List<Partition> partitions = accounts.stream()
                .sorted(Comparator.comparing(PartitionAccount::partition))
                .map(AccountReport::partition)
                .toList();
        final Totals totals = new Totals(
                partitions.stream().mapToLong(Partition::read).sum(),
                partitions.stream().mapToLong(Partition::counted).sum(),
                partitions.stream().mapToLong(Partition::duplicates).sum(),
                rejected(partitions),
                partitions.stream().mapToLong(Partition::rerouted).sum(),
                partitions.stream().mapToLong(Partition::ticks).sum());
        return new AccountReport(partitions, totals, accounts.stream().allMatch(PartitionAccount::isBalanced));
    }

    private static Partition partition(final PartitionAccount account) {
        return new Partition(
                account.partition(),
                account.read(),
                account.counted(),
                account.duplicates(),
                account.rejected(),
                account.rerouted(),
                account.ticks(),
                account.clock().toString());
    }

    private static Map<RejectionReason, Long> rejected(final List<Partition> partitions) {
        final Map<RejectionReason, Long> sums = new EnumMap<>(RejectionReason.class);
        partitions.forEach(
                partition -> partition.rejected().forEach((reason, count) -> sums.merge(reason, count, Long::sum)));
        return sums;
    }
}
