package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Topics;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.decode.EventReader;
import dev.driftless.streams.topology.decode.UsageEventDecoder;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first step with nothing behind it: no record ever gets an outcome. */
class AdmitProcessorTest {
    private static final int PARTITION = 3;

    @TempDir
    private Path directory;

    private MockProcessorContext<Object, Object> context;
    private KeyValueStore<Integer, PartitionAccount> accounts;
    private long offset;

    @BeforeEach
    void openTheAccount() {
        final Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "driftless-test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        context = new MockProcessorContext<>(properties, new TaskId(0, PARTITION), directory.toFile());
        accounts = StateStores.accounts()
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        accounts.init(context.getStateStoreContext(), accounts);
        context.addStateStore(accounts);
    }

    @Test
    void shouldShowRecordsThatNeverGotAnOutcomeInTheAccount() {
        final AdmitProcessor first = admit();
        process(first, "garbage".getBytes(UTF_8));
        process(first, "more".getBytes(UTF_8));

        assertThat(accounts.get(PARTITION).read()).isEqualTo(2);
        assertThat(accounts.get(PARTITION).isBalanced()).isFalse();
    }

    @Test
    void shouldStillShowThemAfterARestart() {
        process(admit(), "garbage".getBytes(UTF_8));
        process(admit(), "more".getBytes(UTF_8));

        assertThat(accounts.get(PARTITION).read()).isEqualTo(2);
    }

    @Test
    void shouldNotCountATickAsRead() {
        final AdmitProcessor admit = admit();
        final RecordHeaders tick = new RecordHeaders();
        tick.add(Ticks.HEADER, new byte[0]);
        context.setRecordMetadata(Topics.DEFAULT.usageEvents(), PARTITION, offset);
        admit.process(new Record<>(null, null, 1_000, tick));

        assertThat(accounts.get(PARTITION)).isNull();
    }

    private AdmitProcessor admit() {
        final EventReader reader = new EventReader(
                new UsageEventDecoder(new MockSchemaRegistryClient(), Clock.systemUTC()),
                TopologySettings.DEFAULT_MAX_RECORD_BYTES);
        final AdmitProcessor admit = new AdmitProcessor(Topics.DEFAULT, 6, reader);
        admit.init(context);
        return admit;
    }

    private void process(final AdmitProcessor admit, final byte[] value) {
        context.setRecordMetadata(Topics.DEFAULT.usageEvents(), PARTITION, offset++);
        admit.process(new Record<>("acme".getBytes(UTF_8), value, 1_000));
    }
}
