package dev.driftless.streams.topology.store;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.state.AccountState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Serde of {@link PartitionAccount}s. */
public final class AccountSerde {
    private AccountSerde() {}

    /** A serde for one thread. */
    public static Serde<PartitionAccount> create() {
        final StateCodec<AccountState> codec = new StateCodec<>(AccountState.getEncoder(), AccountState.getDecoder());
        return Serdes.serdeFrom(
                (topic, account) -> account == null ? null : codec.encode(toState(account)),
                (topic, bytes) -> bytes == null ? null : toAccount(codec.decode(bytes)));
    }

    private static AccountState toState(final PartitionAccount account) {
        final Map<String, Long> rejected = new HashMap<>();
        account.rejected().forEach((reason, count) -> rejected.put(reason.name(), count));
        return new AccountState(
                account.partition(),
                account.read(),
                account.counted(),
                account.duplicates(),
                rejected,
                account.rerouted(),
                account.ticks(),
                account.clock(),
                account.readTo().orElse(null));
    }

    private static PartitionAccount toAccount(final AccountState state) {
        final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
        state.getRejected().forEach((reason, count) -> rejected.put(RejectionReason.valueOf(reason), count));
        return new PartitionAccount(
                state.getPartition(),
                state.getRead(),
                state.getCounted(),
                state.getDuplicates(),
                rejected,
                state.getRerouted(),
                state.getTicks(),
                state.getClock(),
                Optional.ofNullable(state.getReadTo()));
    }
}
