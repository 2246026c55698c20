package dev.driftless.bench.traffic;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.SourcePosition;
import dev.driftless.streams.topology.store.DedupBuckets;
import dev.driftless.streams.topology.store.DedupMarks;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.internals.WindowKeySchema;

/** Marks of keys that no event of a workload has, as the application writes them into the changelog of its dedup store. */
public final class MarkedKeys {
    private MarkedKeys() {}

    /** Publishes marks that arrived just now, spread over all partitions. */
    public static void publish(
            final ConnectionOptions connection, final String changelog, final long keys, final int partitions) {
        final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        final Duration window = AdmissionWindow.DEFAULT.dedupWindow();
        final DedupBuckets buckets = new DedupBuckets(window, 1);
        try (KafkaProducer<byte[], byte[]> producer = Loading.producer(connection)) {
            for (int partition = 0; partition < partitions; partition++) {
                final DedupMarks marks = new DedupMarks(storeOf(producer, changelog, partition), buckets, window);
                for (long number = partition; number < keys; number += partitions) {
                    marks.put(KeyHash.of("premarked", Long.toString(number)), mark(partition, number, now));
                }
            }
            producer.flush();
        }
    }

    private static Mark mark(final int partition, final long number, final Instant now) {
        return new Mark(
                Mark.State.COUNTED,
                number * 0x9E3779B97F4A7C15L,
                new SourcePosition(partition, number),
                now,
                now.truncatedTo(ChronoUnit.DAYS),
                0,
                BigDecimal.valueOf(number % 5_000));
    }

    /** A store whose puts go to the changelog; nothing else is asked of it. */
    @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // The producer's flush waits for them.
    private static WindowStore<Bytes, byte[]> storeOf(
            final KafkaProducer<byte[], byte[]> producer, final String changelog, final int partition) {
        return (WindowStore<Bytes, byte[]>) Proxy.newProxyInstance(
                MarkedKeys.class.getClassLoader(), new Class<?>[] {WindowStore.class}, (proxy, method, given) -> {
                    if (!method.getName().equals("put")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    final Bytes key = WindowKeySchema.toStoreKeyBinary((Bytes) given[0], (long) given[2], 0);
                    producer.send(new ProducerRecord<>(changelog, partition, key.get(), (byte[]) given[1]));
                    return null;
                });
    }
}
