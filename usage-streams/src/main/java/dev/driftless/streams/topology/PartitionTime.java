package dev.driftless.streams.topology;

import dev.driftless.streams.domain.PartitionAccount;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A partition's time: the latest broker time of any record read. It never goes back, not over a restart either, since it
 * is kept in the partition's account and changes in the same transaction as all else. Each step that asks for the time
 * within one record gets the same answer.
 */
final class PartitionTime {
    private Instant now;
    private Optional<Long> readTo;

    private PartitionTime(final Instant now, final Optional<Long> readTo) {
        this.now = now;
        this.readTo = readTo;
    }

    /** Goes on where the account says that the partition was left. */
    static PartitionTime resume(final ProcessorContext<?, ?> context) {
        final KeyValueStore<Integer, PartitionAccount> accounts = context.getStateStore(UsageTopology.ACCOUNT_STORE);
        final Optional<PartitionAccount> account =
                Optional.ofNullable(accounts.get(context.taskId().partition()));
        return new PartitionTime(
                account.map(PartitionAccount::clock).orElse(Instant.EPOCH), account.flatMap(PartitionAccount::readTo));
    }

    /** Moves the time to a record's; whether that is later than before. */
    boolean moveTo(final Instant recordTime) {
        if (!recordTime.isAfter(now)) {
            return false;
        }
        now = recordTime;
        return true;
    }

    Instant now() {
        return now;
    }

    void readTo(final long offset) {
        readTo = Optional.of(offset);
    }

    /** Offset of the last record read of this partition of the usage events; nothing before the first. */
    Optional<Long> readTo() {
        return readTo;
    }
}
