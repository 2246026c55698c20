package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Spilled.Codec;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What became of records: of one partition or of all.
 *
 * @param rejected by reason, without those that did not occur
 * @param ticks records that are not usage, counted apart
 */
public record Account(long counted, long duplicates, Map<String, Long> rejected, long rerouted, long ticks) {
    /** Nothing yet. */
    public static final Account EMPTY = new Account(0, 0, Map.of(), 0, 0);

    static final Codec<Account> CODEC = Packed.codec(
            (out, account) -> {
                out.writeLong(account.counted());
                out.writeLong(account.duplicates());
                out.writeInt(account.rejected().size());
                for (final Map.Entry<String, Long> reason : account.rejected().entrySet()) {
                    out.writeUTF(reason.getKey());
                    out.writeLong(reason.getValue());
                }
                out.writeLong(account.rerouted());
                out.writeLong(account.ticks());
            },
            in -> {
                final long counted = in.readLong();
                final long duplicates = in.readLong();
                final Map<String, Long> rejected = new TreeMap<>();
                for (int left = in.readInt(); left > 0; left--) {
                    rejected.put(in.readUTF(), in.readLong());
                }
                return new Account(counted, duplicates, rejected, in.readLong(), in.readLong());
            });

    public Account {
        rejected = new TreeMap<>(rejected);
    }

    /** Rejected, for whatever reason. */
    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records read: the sum of all outcomes. */
    public long read() {
        return counted + duplicates + rejectedInAll() + rerouted;
    }

    /** Both together. */
    public Account plus(final Account other) {
        final Map<String, Long> reasons = new TreeMap<>();
        Stream.of(rejected, other.rejected)
                .forEach(some -> some.forEach((reason, count) -> reasons.merge(reason, count, Long::sum)));
        return new Account(
                counted + other.counted,
                duplicates + other.duplicates,
                reasons,
                rerouted + other.rerouted,
                ticks + other.ticks);
    }
}
