package dev.driftless.streams.app.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldingConsumerTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final TopicPartition ONE = new TopicPartition("usage-events", 1);
    private static final TopicPartition TWO = new TopicPartition("usage-events", 2);

    private final OutageRegistry registry = new OutageRegistry();
    private final SchemaLookups lookups = new SchemaLookups(registry, Clock.systemUTC());
    private final HeldPartitions held = new HeldPartitions();
    private final MockConsumer<byte[], byte[]> brokers = new MockConsumer<>("earliest");
    private final Consumer<byte[], byte[]> consumer = HoldingConsumer.around(brokers, lookups, held);

    private int known;
    private int fresh;

    @BeforeEach
    void setUp() {
        known = registry.add("Known");
        fresh = registry.add("Fresh");
        assertThat(lookups.isTold(known)).isTrue();
        brokers.assign(List.of(ONE, TWO));
        brokers.updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
    }

    @AfterEach
    void close() {
        lookups.close();
    }

    @Test
    void shouldGoOnWithSchemasThatAreKnownWhileTheRegistryIsAway() {
        registry.goAway();
        add(ONE, 0, value(known));
        add(ONE, 1, value(known));

        assertThat(offsets(consumer.poll(AT_ONCE))).containsExactly("1@0", "1@1");
        assertThat(held.now()).isEmpty();
    }

    @Test
    void shouldHoldOnlyThePartitionWhoseSchemaIsNotKnown() {
        registry.goAway();
        add(ONE, 0, value(known));
        add(ONE, 1, value(fresh));
        add(ONE, 2, value(known));
        add(TWO, 0, value(known));

        final ConsumerRecords<byte[], byte[]> polled = consumer.poll(AT_ONCE);

        assertThat(offsets(polled)).containsExactlyInAnyOrder("1@0", "2@0");
        assertThat(polled.nextOffsets().get(ONE).offset()).isEqualTo(1);
        assertThat(consumer.position(ONE)).isEqualTo(1);
        assertThat(held.now()).containsExactly(ONE);

        add(TWO, 1, value(known));
        assertThat(offsets(consumer.poll(AT_ONCE))).containsExactly("2@1");
    }

    @Test
    void shouldGoOnInOrderWhenTheRegistryIsBack() {
        registry.goAway();
        add(ONE, 0, value(fresh));
        add(ONE, 1, value(known));
        assertThat(offsets(consumer.poll(AT_ONCE))).isEmpty();

        registry.comeBack();
        // The consumer of the test forgets what it has given out once.
        add(ONE, 0, value(fresh));
        add(ONE, 1, value(known));
        final List<String> seen = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            seen.addAll(offsets(consumer.poll(AT_ONCE)));
            return seen.size() == 2;
        });

        assertThat(seen).containsExactly("1@0", "1@1");
        assertThat(held.now()).isEmpty();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void shouldPassOnAtOnceWhatNoSchemaCanHelp() {
        registry.goAway();
        add(ONE, 0, null);
        add(ONE, 1, new byte[] {1, 2, 3, 4, 5, 6, 7});
        add(ONE, 2, new byte[] {0, 0, 0, 1});

        assertThat(offsets(consumer.poll(AT_ONCE))).hasSize(3);
    }

    @Test
    void shouldPassOnAnIdThatTheRegistrySaysItDoesNotHave() {
        add(ONE, 0, value(424_242));

        assertThat(offsets(consumer.poll(AT_ONCE))).containsExactly("1@0");
        assertThat(held.now()).isEmpty();
    }

    @Test
    void shouldNotResumeAHeldPartitionForKafkaStreamsNorOneThatKafkaStreamsHasPaused() {
        registry.goAway();
        add(ONE, 0, value(fresh));
        consumer.poll(AT_ONCE);

        consumer.resume(Set.of(ONE));
        assertThat(consumer.paused()).containsExactly(ONE);

        consumer.pause(Set.of(ONE));
        registry.comeBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            consumer.poll(AT_ONCE);
            return held.now().isEmpty();
        });
        assertThat(consumer.paused()).containsExactly(ONE);
    }

    @Test
    void shouldForgetAPartitionThatIsTakenAway() {
        registry.goAway();
        add(ONE, 0, value(fresh));
        consumer.poll(AT_ONCE);

        brokers.assign(List.of(TWO));
        add(TWO, 0, value(known));

        assertThat(offsets(consumer.poll(AT_ONCE))).containsExactly("2@0");
        assertThat(held.now()).isEmpty();
    }

    private void add(final TopicPartition partition, final long offset, final byte[] value) {
        brokers.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], value));
    }

    private static byte[] value(final int schemaId) {
        return ByteBuffer.allocate(6).put((byte) 0).putInt(schemaId).array();
    }

    private static List<String> offsets(final ConsumerRecords<byte[], byte[]> records) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(record -> record.partition() + "@" + record.offset())
                .toList();
    }
}
