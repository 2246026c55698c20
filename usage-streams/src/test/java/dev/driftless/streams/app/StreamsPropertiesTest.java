package dev.driftless.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.Given;
import dev.driftless.streams.topology.store.RocksDbMemory;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {
    @Test
    void shouldGiveWhatThePromisesRestOn() {
        final StreamsConfig streams = streams(Map.of(), 1);

        assertThat(streams.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(streams.getBoolean("ensure.explicit.internal.resource.naming"))
                .isTrue();
        assertThat(streams.getLong("commit.interval.ms")).isEqualTo(500);
        assertThat(streams.getMainConsumerConfigs("g", "c", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", "false");
        assertThat(streams.getProducerConfigs("p"))
                .containsEntry("transaction.timeout.ms", 10_500)
                .containsEntry("enable.idempotence", true);
    }

    @Test
    void shouldLetTheProducerSendAnyUsageEventWithWhatIsAddedToIt() {
        assertThat(streams(Map.of("max-record-bytes", "32MiB"), 1).getProducerConfigs("p"))
                .containsEntry("max.request.size", (32 << 20) + (64 << 10))
                .containsEntry("buffer.memory", 2 * ((32 << 20) + (64 << 10)));
    }

    @Test
    void shouldLetInternalTopicsTakeWhatTheProducerSends() {
        assertThat(streams(Map.of("max-record-bytes", "32MiB"), 1).originals())
                .containsEntry("topic.max.message.bytes", Integer.toString((32 << 20) + (64 << 10)));
    }

    @Test
    void shouldLeaveTheSessionTimeoutToTheBrokersWhereTheyDecide() {
        assertThat(streams(Map.of(), 1).getMainConsumerConfigs("g", "c", 0))
                .containsEntry("session.timeout.ms", 15_000);
        assertThat(streams(Map.of("kafka.group.protocol", "streams"), 1).originals())
                .doesNotContainKey("main.consumer.session.timeout.ms");
    }

    @Test
    void shouldWantTwoReplicasOfThreeInSync() {
        assertThat(streams(Map.of(), 3).originals())
                .containsEntry("replication.factor", 3)
                .containsEntry("topic.min.insync.replicas", "2");
        assertThat(streams(Map.of(), 2).originals()).containsEntry("topic.min.insync.replicas", "1");
    }

    @Test
    void shouldPassRawSettingsOnToTheClientTheyAreFor() {
        final StreamsConfig streams =
                streams(Map.of("kafka.main.consumer.max.poll.records", "7", "kafka.security.protocol", "SASL_SSL"), 1);

        assertThat(streams.getMainConsumerConfigs("g", "c", 0))
                .containsEntry("max.poll.records", "7")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(streams.getRestoreConsumerConfigs("c")).doesNotContainEntry("max.poll.records", "7");
    }

    @Test
    void shouldGiveTheAdministratingClientTheSameSecurityAndALittlePatience() {
        final AppConfig config =
                Given.flags(Map.of("kafka.security.protocol", "SSL", "kafka.admin.request.timeout.ms", "77"));

        assertThat(StreamsProperties.ofAdmin(config.connection(), "me"))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("request.timeout.ms", "77")
                .containsEntry("default.api.timeout.ms", 10_000)
                .containsEntry("client.id", "me");
    }

    private static StreamsConfig streams(final Map<String, String> flags, final int replicationFactor) {
        try (RocksDbMemory memory = new RocksDbMemory(16 << 20)) {
            return new StreamsConfig(StreamsProperties.of(Given.flags(flags), memory, replicationFactor, 8090));
        }
    }
}
