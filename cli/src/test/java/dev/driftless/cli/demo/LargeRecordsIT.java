package dev.driftless.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.recount.Account;
import dev.driftless.cli.recount.Agreement;
import dev.driftless.cli.recount.Recount;
import dev.driftless.cli.recount.ReportedAccount;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.stack.Tuning;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.client.Usage;
import dev.driftless.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The largest records that a broker takes, compressed and not: whatever it took has an outcome, and the application goes
 * on.
 */
class LargeRecordsIT {
    /** {@code max.message.bytes} of the usage events, as provisioned. */
    private static final int LARGEST_BATCH = 1_048_588;

    private static final int FAR_TOO_LARGE = 128 * 1024 * 1024;
    private static final byte[] CUSTOMER = "acme".getBytes(UTF_8);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private ConnectionOptions connection;
    private int partitions;

    @Test
    void shouldSettleWhateverTheBrokerTook() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.builder()
                .dataDirectory(directory)
                .tuning(Tuning.SHORT_RUN)
                .start()) {
            connection = new ConnectionOptions(
                    stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
            partitions = Provisioning.withDefaults(connection).applyOrFail();
            DemoCatalog.apply(connection, BetaFeature.before(Instant.now()));
            final Application application = stack.startApplication(ApplicationSpec.named("one"));
            final int home = Utils.toPositive(Utils.murmur2(CUSTOMER)) % partitions;

            send("none", home, incompressible(largestValue()));
            assertThatThrownBy(() -> send("none", home, incompressible(largestValue() + 1)))
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            send("gzip", home, new byte[LARGEST_BATCH - CUSTOMER.length]);
            send("gzip", home, new byte[LARGEST_BATCH - CUSTOMER.length + 1]);
            send("zstd", home, new byte[FAR_TOO_LARGE]);
            final byte[] event = EventBytes.of(connection).event(EventBytes.Fields.of(largestEvent()));
            send("gzip", (home + 1) % partitions, event);
            send("none", home, event);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            ReportedAccount.ask(List.of(application.ops())).map(ReportedAccount::total))
                    .get()
                    .extracting(
                            Account::read, Account::counted, Account::duplicates, Account::rejected, Account::rerouted)
                    .containsExactly(7L, 1L, 1L, Map.of("UNDECODABLE", 2L, "INVALID", 2L), 1L));
            try (Recount recount = Recount.of(DemoRun.settings(connection))) {
                assertThat(recount.awaitAgreement(List.of(application.ops()), PATIENCE, () -> {}))
                        .allMatch(Agreement::holds);
            }
            assertThat(stack.failure()).isEmpty();
        }
    }

    /** So that the batch with this one record is as large as the broker allows. */
    private static int largestValue() {
        final int roughly = LARGEST_BATCH - 100;
        return roughly + LARGEST_BATCH - batchSize(roughly);
    }

    private static int batchSize(final int valueSize) {
        return DefaultRecordBatch.sizeInBytes(List.of(new SimpleRecord(0, CUSTOMER, new byte[valueSize])));
    }

    private static byte[] incompressible(final int size) {
        final byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** All that the rules of the fields allow. */
    private static Usage largestEvent() {
        final Usage.Builder largest =
                Usage.builder().customer("acme").feature("api_calls").idempotencyKey("😀".repeat(256));
        for (int i = 0; i < 50; i++) {
            largest.property("😀".repeat(98) + (10 + i), "😀".repeat(1_000));
        }
        return largest.build();
    }

    private void send(final String compression, final int partition, final byte[] value)
            throws InterruptedException, ExecutionException {
        final Map<String, Object> settings = connection.client();
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * FAR_TOO_LARGE);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * FAR_TOO_LARGE);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.DEFAULT.usageEvents(), partition, CUSTOMER, value))
                    .get();
        }
    }
}
