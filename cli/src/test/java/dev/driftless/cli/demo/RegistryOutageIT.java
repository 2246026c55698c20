package dev.driftless.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
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
import dev.driftless.schemas.UsageEvent;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real registry is stopped and started again while one thread processes all partitions: known schemas go on, an unknown
 * one makes its partition wait and no other, nothing is rejected that should not be, and no thread is restarted.
 */
class RegistryOutageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int UNKNOWN_TO_ALL = 424_242;
    private static final String WAITING = "driftless_schema_waiting_partitions";

    @TempDir
    private Path directory;

    private ConnectionOptions connection;
    private Application application;
    private int partitions;
    private long keys;

    @Test
    void shouldWaitWithOnePartitionForASchemaThatTheRegistryCanNotTell() throws Exception {
        try (EmbeddedStack stack = EmbeddedStack.builder()
                .dataDirectory(directory)
                .tuning(Tuning.SHORT_RUN)
                .start()) {
            connection = new ConnectionOptions(
                    stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
            partitions = Provisioning.withDefaults(connection).applyOrFail();
            DemoCatalog.apply(connection, BetaFeature.before(Instant.now()));
            application = stack.startApplication(
                    ApplicationSpec.named("one").with("stream-threads", "1").with("restart-limit", "1"));
            final EventBytes known = EventBytes.of(connection);
            final EventBytes ofNoSchema = new EventBytes(UNKNOWN_TO_ALL, UNKNOWN_TO_ALL);
            final EventBytes evolved = evolved();
            final String waiting = customerOf(0);
            final String other = customerOf(1);

            send(waiting, ofNoSchema);
            awaitAccount(Map.of(0, 1L));
            assertThat(account(0).rejected()).containsExactly(Map.entry("UNDECODABLE", 1L));

            stack.stopRegistry();
            send(waiting, known);
            awaitAccount(Map.of(0, 2L));
            send(waiting, evolved);
            send(waiting, known);
            IntStream.range(0, 50).forEach(i -> send(other, known));
            awaitAccount(Map.of(0, 2L, 1, 50L));
            await().atMost(PATIENCE).until(() -> metric(WAITING) == 1);
            send(other, known);
            awaitAccount(Map.of(0, 2L, 1, 51L));
            assertThat(application.isAlive()).isTrue();

            stack.startRegistry();
            awaitAccount(Map.of(0, 4L, 1, 51L));
            assertThat(account(0).counted()).isEqualTo(3);
            assertThat(account(0).rejected()).containsExactly(Map.entry("UNDECODABLE", 1L));
            assertThat(metric(WAITING)).isZero();
            assertThat(metric("driftless_thread_restarts_total")).isZero();
            try (Recount recount = Recount.of(DemoRun.settings(connection))) {
                assertThat(recount.awaitAgreement(List.of(application.ops()), PATIENCE, () -> {}))
                        .allMatch(Agreement::holds);
            }
            assertThat(stack.failure()).isEmpty();
        }
    }

    /** Events with a schema that is registered and that the application has not met. */
    private EventBytes evolved() throws Exception {
        final String schema = UsageEvent.getClassSchema()
                .toString()
                .replace(
                        "\"fields\":[",
                        "\"note\":\"with a property of its own, and so with an id of its own\",\"fields\":[");
        try (SchemaRegistryClient registry = connection.registry()) {
            final int id = registry.register("elsewhere-value", new AvroSchema(schema));
            return new EventBytes(id, id);
        }
    }

    private String customerOf(final int partition) {
        return IntStream.range(0, 10_000)
                .mapToObj(number -> "customer-" + number)
                .filter(customer -> Utils.toPositive(Utils.murmur2(customer.getBytes(UTF_8))) % partitions == partition)
                .findFirst()
                .orElseThrow();
    }

    private void send(final String customer, final EventBytes as) {
        final byte[] value = as.event(EventBytes.Fields.of(Usage.builder()
                .customer(customer)
                .feature("api_calls")
                .idempotencyKey("k" + keys++)
                .build()));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(connection.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            final Future<?> unused =
                    producer.send(new ProducerRecord<>(Topics.DEFAULT.usageEvents(), customer.getBytes(UTF_8), value));
            producer.flush();
        }
    }

    private void awaitAccount(final Map<Integer, Long> read) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> read.forEach(
                        (partition, records) -> assertThat(account(partition).read())
                                .as("partition %d", partition)
                                .isEqualTo(records)));
    }

    private Account account(final int partition) {
        return ReportedAccount.ask(List.of(application.ops()))
                .map(ReportedAccount::partitions)
                .map(accounts -> accounts.get(partition))
                .orElse(Account.EMPTY);
    }

    private double metric(final String name) throws IOException, InterruptedException {
        final URI metrics = application.ops().resolve("/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
