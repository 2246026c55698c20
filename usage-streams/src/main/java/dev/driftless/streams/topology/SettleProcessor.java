package dev.driftless.streams.topology;

import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.flow.Input;
import dev.driftless.streams.topology.flow.Outcome;
import dev.driftless.streams.topology.flow.Outcome.Counted;
import dev.driftless.streams.topology.flow.Outcome.Duplicate;
import dev.driftless.streams.topology.flow.Outcome.Rejected;
import dev.driftless.streams.topology.flow.Outcome.Rerouted;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Last step, reached by each record exactly once: enters its outcome into the partition's account, and writes a rejected
 * one with its reason and its original bytes.
 */
final class SettleProcessor implements Processor<Object, Outcome, Object, Object> {
    private final int mostBytes;

    private ProcessorContext<Object, Object> context;
    private KeyValueStore<Integer, PartitionAccount> accounts;
    private int partition;
    private PartitionAccount account;

    /** @param mostBytes of a record's key and value; those of a larger one are left out of its rejection */
    SettleProcessor(final int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.accounts = context.getStateStore(UsageTopology.ACCOUNT_STORE);
        this.partition = context.taskId().partition();
        final PartitionAccount left = accounts.get(partition);
        this.account = left == null ? PartitionAccount.open(partition) : left;
    }

    @Override
    public void process(final Record<Object, Outcome> record) {
        final Outcome outcome = record.value();
        final Input input = outcome.input();
        account = entered(outcome).at(input.now(), input.readTo()).withRead(input.read());
        accounts.put(partition, account);
        OutcomeLog.tell(outcome);
        if (outcome instanceof Rejected rejected) {
            context.forward(
                    new Record<>(
                            RejectedRecords.customerOf(rejected).orElse(null),
                            RejectedRecords.valueOf(rejected, mostBytes),
                            input.now().toEpochMilli()),
                    Names.USAGE_REJECTED_SINK);
        }
    }

    private PartitionAccount entered(final Outcome outcome) {
        if (outcome instanceof Counted) {
            return account.plusCounted();
        }
        if (outcome instanceof Duplicate) {
            return account.plusDuplicate();
        }
        if (outcome instanceof Rejected rejected) {
            return account.plusRejected(rejected.refusal().reason());
        }
        if (outcome instanceof Rerouted) {
            return account.plusRerouted();
        }
        return account.plusTick();
    }
}
