package dev.driftless.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import java.util.Arrays;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class UsageRecordsTest {
    private static final int WIRE_HEADER = 5;
    private static final int SCHEMA_ID = 7;

    private final UsageRecords records = new UsageRecords("usage-events", SCHEMA_ID);
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void shouldMakeTheRecordThatTheClientSends() {
        final Usage usage = usage().build();
        try (UsageClient client = new UsageClient(config(), SCHEMA_ID, producer)) {
            assertThat(client.track(usage).join().idempotencyKey()).isEqualTo("k");
        }

        final ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
        final ProducerRecord<byte[], byte[]> made = records.toRecord(usage);
        assertThat(made.topic()).isEqualTo(sent.topic());
        assertThat(made.key()).isEqualTo(sent.key()).isEqualTo("acme".getBytes(UTF_8));
        assertThat(made.value()).isEqualTo(sent.value());
        assertThat(made.partition()).isNull();
        assertThat(made.timestamp()).isNull();
    }

    @Test
    void shouldWriteAVoidWithTheKeyThatItTakesBack() throws Exception {
        final UsageEvent written = decode(
                records.toRecord(usage().idempotencyKey("v").voids("k").build()).value());

        assertThat(written.getKind()).isEqualTo(UsageKind.VOID);
        assertThat(written.getVoidedKey()).isEqualTo("k");
        assertThat(written.getIdempotencyKey()).isEqualTo("v");
    }

    @Test
    void shouldPublishWithOtherRecordsOfATransactionOrNotAtAll() {
        producer.initTransactions();
        producer.beginTransaction();
        assertThat(producer.send(records.toRecord(usage().build()))).isDone();
        assertThat(producer.send(new ProducerRecord<>("invoices", new byte[1]))).isDone();
        producer.abortTransaction();
        assertThat(producer.history()).isEmpty();

        producer.beginTransaction();
        assertThat(producer.send(records.toRecord(usage().build()))).isDone();
        assertThat(producer.send(new ProducerRecord<>("invoices", new byte[1]))).isDone();
        producer.commitTransaction();
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsExactly("usage-events", "invoices");
    }

    private static UsageEvent decode(final byte[] wire) throws Exception {
        return new SpecificDatumReader<>(UsageEvent.class)
                .read(
                        null,
                        DecoderFactory.get().binaryDecoder(Arrays.copyOfRange(wire, WIRE_HEADER, wire.length), null));
    }

    private static UsageClientConfig config() {
        return UsageClientConfig.builder()
                .bootstrapServers("127.0.0.1:9")
                .schemaRegistryUrl("http://127.0.0.1:9")
                .build();
    }

    private static Usage.Builder usage() {
        return Usage.builder().customer("acme").feature("api_calls").idempotencyKey("k");
    }
}
