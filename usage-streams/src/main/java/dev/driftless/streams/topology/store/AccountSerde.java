package dev.driftless.streams.topology.store;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Serde of {@link PartitionAccount}s. */
public final class AccountSerde {
    private static final int VERSION = 1;

    private AccountSerde() {}

    /** A serde for one thread. */
    public static Serde<PartitionAccount> create() {
        return Serdes.serdeFrom(
                (topic, account) -> account == null ? null : encode(account),
                (topic, bytes) -> bytes == null ? null : decode(bytes));
    }

    private static byte[] encode(final PartitionAccount account) {
        final StateWriter writer = new StateWriter(VERSION)
                .number(account.partition())
                .number(account.read())
                .number(account.counted())
                .number(account.duplicates())
                .number(account.rerouted())
                .number(account.ticks())
                .instant(account.clock())
                .number(account.readTo().isPresent() ? 1 : 0);
        account.readTo().ifPresent(writer::number);
        writer.number(account.rejected().size());
        account.rejected().forEach((reason, count) -> writer.text(reason.name()).number(count));
        return writer.toBytes();
    }

    private static PartitionAccount decode(final byte[] bytes) {
        final StateReader reader = new StateReader(bytes, VERSION, "an account");
        final int partition = Math.toIntExact(reader.number());
        final long read = reader.number();
        final long counted = reader.number();
        final long duplicates = reader.number();
        final long rerouted = reader.number();
        final long ticks = reader.number();
        final Instant clock = reader.instant();
        final Optional<Long> readTo = reader.isPresent() ? Optional.of(reader.number()) : Optional.empty();
        return new PartitionAccount(
                partition, read, counted, duplicates, rejected(reader), rerouted, ticks, clock, readTo);
    }

    private static Map<RejectionReason, Long> rejected(final StateReader reader) {
        final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
        final long reasons = reader.number();
        for (long i = 0; i < reasons; i++) {
            rejected.put(RejectionReason.valueOf(reader.text()), reader.number());
        }
        return rejected;
    }
}
