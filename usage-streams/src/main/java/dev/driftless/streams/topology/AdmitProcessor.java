package dev.driftless.streams.topology;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.Topics;
import dev.driftless.streams.domain.ContentFingerprint;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.domain.SourcePosition;
import dev.driftless.streams.topology.decode.EventReader;
import dev.driftless.streams.topology.decode.Reading;
import dev.driftless.streams.topology.decode.Reading.Malformed;
import dev.driftless.streams.topology.decode.Reading.WellFormed;
import dev.driftless.streams.topology.flow.Admitted;
import dev.driftless.streams.topology.flow.Change.TimeMoved;
import dev.driftless.streams.topology.flow.Input;
import dev.driftless.streams.topology.flow.Outcome;
import dev.driftless.streams.topology.flow.Outcome.Rejected;
import dev.driftless.streams.topology.flow.Outcome.Rerouted;
import dev.driftless.streams.topology.flow.Outcome.Tick;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * First step: moves the partition's time, counts the records read, reads the record, and lets pass what is well formed and
 * stands in its customer's partition. A misplaced event is passed on to its partition, with its origin.
 */
final class AdmitProcessor implements Processor<byte[], byte[], Object, Object> {
    private final Topics topics;
    private final int partitions;
    private final EventReader reader;

    private ProcessorContext<Object, Object> context;
    private PartitionTime time;
    private KeyValueStore<Integer, PartitionAccount> accounts;
    private int partition;
    private long read;

    AdmitProcessor(final Topics topics, final int partitions, final EventReader reader) {
        this.topics = topics;
        this.partitions = partitions;
        this.reader = reader;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.time = PartitionTime.resume(context);
        this.accounts = context.getStateStore(UsageTopology.ACCOUNT_STORE);
        this.partition = context.taskId().partition();
        this.read = account().read();
    }

    @Override
    public void process(final Record<byte[], byte[]> record) {
        final RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of a topic has metadata"));
        if (time.moveTo(Instant.ofEpochMilli(record.timestamp()))) {
            forward(record, new TimeMoved(time.now()), Names.EMIT);
        }
        if (metadata.topic().equals(topics.usageRerouted())) {
            processRerouted(record, metadata);
        } else {
            processFound(record, metadata);
        }
        enterIfNotSettled();
    }

    private void processFound(final Record<byte[], byte[]> record, final RecordMetadata metadata) {
        time.readTo(metadata.offset());
        if (Ticks.isTick(record.key(), record.value(), record.headers())) {
            settle(record, new Tick(input(record, here(record, metadata))));
            return;
        }
        read++;
        final Input input = input(record, here(record, metadata));
        final Reading reading = reader.read(input.key(), input.value());
        if (reading instanceof WellFormed && isMisplaced(input)) {
            reroute(record, input);
        } else {
            pass(record, input, reading);
        }
    }

    private void processRerouted(final Record<byte[], byte[]> record, final RecordMetadata metadata) {
        final Optional<Origin> origin = Origin.of(record.headers());
        read++;
        final Input input = input(record, origin.orElseGet(() -> here(record, metadata)));
        final Reading reading = origin.isPresent()
                ? reader.read(input.key(), input.value())
                : new Malformed(Optional.empty(), withoutOrigin(metadata));
        pass(record, input, reading);
    }

    /**
     * The account takes a record in as read together with its outcome, so that whoever looks at it meanwhile finds it
     * balanced. A record that came out of all steps without an outcome is taken in here, and the account shows it.
     */
    private void enterIfNotSettled() {
        final PartitionAccount account = account();
        if (account.read() != read) {
            accounts.put(partition, account.withRead(read));
        }
    }

    private PartitionAccount account() {
        return Optional.ofNullable(accounts.get(partition)).orElseGet(() -> PartitionAccount.open(partition));
    }

    private boolean isMisplaced(final Input input) {
        return CustomerPartitions.partitionOf(input.key(), partitions) != partition;
    }

    private void reroute(final Record<byte[], byte[]> record, final Input input) {
        final Record<Object, Object> rerouted = new Record<>(input.key(), input.value(), record.timestamp());
        new Origin(input.origin(), input.arrivedAt()).writeTo(rerouted.headers());
        context.forward(rerouted, Names.USAGE_REROUTED_SINK);
        settle(record, new Rerouted(input));
    }

    private void pass(final Record<byte[], byte[]> record, final Input input, final Reading reading) {
        if (reading instanceof WellFormed wellFormed) {
            forward(record, admitted(input, wellFormed.event()), Names.DEDUPLICATE);
        } else if (reading instanceof Malformed malformed) {
            settle(record, new Rejected(input, malformed.event(), malformed.refusal()));
        }
    }

    private static Admitted admitted(final Input input, final Event event) {
        return new Admitted(
                input, event, KeyHash.of(event.customerId(), event.idempotencyKey()), ContentFingerprint.of(event));
    }

    private Refusal withoutOrigin(final RecordMetadata metadata) {
        return new Refusal(
                RejectionReason.UNDECODABLE,
                "the record at offset " + metadata.offset() + " of " + topics.usageRerouted()
                        + " has no origin: nobody but the streams application may write there");
    }

    private Input input(final Record<byte[], byte[]> record, final Origin origin) {
        return new Input(
                record.key(), record.value(), origin.position(), origin.arrivedAt(), time.now(), time.readTo(), read);
    }

    private static Origin here(final Record<byte[], byte[]> record, final RecordMetadata metadata) {
        return new Origin(
                new SourcePosition(metadata.partition(), metadata.offset()), Instant.ofEpochMilli(record.timestamp()));
    }

    private void settle(final Record<byte[], byte[]> record, final Outcome outcome) {
        forward(record, outcome, Names.SETTLE);
    }

    private void forward(final Record<byte[], byte[]> record, final Object value, final String child) {
        context.forward(new Record<>(null, value, record.timestamp()), child);
    }
}
