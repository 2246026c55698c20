package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.client.UsageClientConfig;
import dev.driftless.client.UsageRecords;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A batch that is published in one transaction with a record of the worker's own, which says that it is done. */
final class TransactionBatch {
    /** The worker's own topic, of one partition. */
    static final String DONE = "jobs-done";

    private static final Duration POLL = Duration.ofMillis(100);

    private TransactionBatch() {}

    static void send(
            final ConnectionOptions connection,
            final String customer,
            final List<String> keys,
            final Consumer<KillPoint> reached) {
        final UsageRecords records = UsageRecords.create(UsageClientConfig.builder()
                .bootstrapServers(connection.bootstrapServers())
                .schemaRegistryUrl(connection.schemaRegistryUrl())
                .build());
        final Map<String, Object> settings = new HashMap<>(connection.client());
        settings.put("transactional.id", "worker");
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            // Ends what an earlier run has left open; only then is it known what is done.
            producer.initTransactions();
            if (done(connection) > 0) {
                return;
            }
            producer.beginTransaction();
            send(producer, new ProducerRecord<>(DONE, "job-7".getBytes(UTF_8)));
            for (int i = 0; i < keys.size(); i++) {
                send(producer, records.toRecord(ClientBatch.usage(customer, keys.get(i))));
                if (i == keys.size() / 2) {
                    producer.flush();
                    reached.accept(KillPoint.HALF_SENT);
                }
            }
            producer.flush();
            reached.accept(KillPoint.ALL_SENT);
            producer.commitTransaction();
            reached.accept(KillPoint.ANSWERED);
        }
    }

    /** What becomes of it is seen at the commit, which fails if one record of the transaction did. */
    private static void send(final Producer<byte[], byte[]> producer, final ProducerRecord<byte[], byte[]> record) {
        final Future<?> unused = producer.send(record);
    }

    /** Jobs that are done and committed. */
    static int done(final ConnectionOptions connection) {
        final TopicPartition partition = new TopicPartition(DONE, 0);
        final Map<String, Object> settings = new HashMap<>(connection.client());
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            final long end = consumer.endOffsets(List.of(partition)).get(partition);
            int records = 0;
            while (consumer.position(partition) < end) {
                records += consumer.poll(POLL).count();
            }
            return records;
        }
    }
}
