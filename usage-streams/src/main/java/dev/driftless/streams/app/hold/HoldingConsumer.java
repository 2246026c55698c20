package dev.driftless.streams.app.hold;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that gives out no record before the registry has told its schema. The partition of such a record is held: it
 * stands still before the record, paused, and goes on there. Order stays, no other partition waits, the thread goes on
 * polling, and a rebalance takes the partition along: whoever gets it holds it anew.
 *
 * <p>Kafka Streams pauses and resumes partitions itself, where its buffers are full. While a partition is held, what it
 * says is only noted, and done when the partition is let go.
 *
 * <p>Used by one thread, as consumers are.
 */
final class HoldingConsumer {
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private static final class Hold {
        private final int schemaId;
        private boolean isToStayPaused;

        Hold(final int schemaId) {
            this.schemaId = schemaId;
        }
    }

    private final Consumer<byte[], byte[]> consumer;
    private final SchemaLookups lookups;
    private final HeldPartitions shown;
    private final Map<TopicPartition, Hold> holds = new HashMap<>();

    private HoldingConsumer(
            final Consumer<byte[], byte[]> consumer, final SchemaLookups lookups, final HeldPartitions shown) {
        this.consumer = consumer;
        this.lookups = lookups;
        this.shown = shown;
    }

    /** A consumer that does as the given one and holds. */
    @SuppressWarnings("unchecked")
    static Consumer<byte[], byte[]> around(
            final Consumer<byte[], byte[]> consumer, final SchemaLookups lookups, final HeldPartitions shown) {
        final HoldingConsumer holding = new HoldingConsumer(consumer, lookups, shown);
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                HoldingConsumer.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (proxy, method, args) -> holding.invoke(method, args));
    }

    @SuppressWarnings("unchecked")
    private Object invoke(final Method method, final Object... args) throws Throwable {
        switch (method.getName()) {
            case "poll" -> {
                return poll((Duration) args[0]);
            }
            case "pause" -> {
                note((Collection<TopicPartition>) args[0], true);
                return pass(method, args);
            }
            case "resume" -> {
                note((Collection<TopicPartition>) args[0], false);
                return pass(method, List.copyOf(withoutHeld((Collection<TopicPartition>) args[0])));
            }
            case "close" -> {
                holds.keySet().forEach(shown::remove);
                return pass(method, args);
            }
            default -> {
                return pass(method, args);
            }
        }
    }

    private Object pass(final Method method, final Object... args) throws Throwable {
        try {
            return method.invoke(consumer, args);
        } catch (final InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void note(final Collection<TopicPartition> partitions, final boolean isToStayPaused) {
        partitions.stream()
                .map(holds::get)
                .filter(hold -> hold != null)
                .forEach(hold -> hold.isToStayPaused = isToStayPaused);
    }

    private Set<TopicPartition> withoutHeld(final Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> !holds.containsKey(partition))
                .collect(Collectors.toSet());
    }

    private ConsumerRecords<byte[], byte[]> poll(final Duration timeout) {
        letGo();
        return withhold(consumer.poll(timeout));
    }

    private void letGo() {
        final Set<TopicPartition> assigned = consumer.assignment();
        Set.copyOf(holds.keySet()).forEach(partition -> {
            final Hold hold = holds.get(partition);
            final boolean isHere = assigned.contains(partition);
            if (!isHere || lookups.isTold(hold.schemaId)) {
                holds.remove(partition);
                shown.remove(partition);
                if (isHere && !hold.isToStayPaused) {
                    consumer.resume(Set.of(partition));
                }
            }
        });
    }

    private ConsumerRecords<byte[], byte[]> withhold(final ConsumerRecords<byte[], byte[]> polled) {
        final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> passed = new LinkedHashMap<>();
        final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (final TopicPartition partition : polled.partitions()) {
            final List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            final OptionalInt first = IntStream.range(0, records.size())
                    .filter(index -> isToWait(records.get(index)))
                    .findFirst();
            if (first.isEmpty()) {
                passed.put(partition, records);
            } else {
                next.put(partition, hold(partition, records.get(first.getAsInt())));
                if (first.getAsInt() > 0) {
                    passed.put(partition, records.subList(0, first.getAsInt()));
                }
            }
        }
        return holds.isEmpty() ? polled : new ConsumerRecords<>(passed, next);
    }

    private boolean isToWait(final ConsumerRecord<byte[], byte[]> record) {
        return schemaId(record.value()).stream().anyMatch(id -> !lookups.isTold(id));
    }

    /** The schema that a value in wire format claims; nothing where the value is not in it. */
    private static OptionalInt schemaId(final byte[] value) {
        return value == null || value.length < HEADER_BYTES || value[0] != 0
                ? OptionalInt.empty()
                : OptionalInt.of(ByteBuffer.wrap(value).getInt(1));
    }

    /** Where the partition goes on. */
    private OffsetAndMetadata hold(final TopicPartition partition, final ConsumerRecord<byte[], byte[]> record) {
        final OffsetAndMetadata here = new OffsetAndMetadata(record.offset(), record.leaderEpoch(), "");
        final int schemaId = schemaId(record.value()).orElseThrow();
        consumer.seek(partition, here);
        consumer.pause(Set.of(partition));
        holds.put(partition, new Hold(schemaId));
        shown.add(partition, record.offset(), schemaId);
        return here;
    }
}
