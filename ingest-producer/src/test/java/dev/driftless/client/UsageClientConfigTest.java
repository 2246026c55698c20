package dev.driftless.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageClientConfigTest {
    @ParameterizedTest
    @CsvSource({
        "acks, 1",
        "acks, all",
        "enable.idempotence, false",
        "partitioner.class, org.apache.kafka.clients.producer.RoundRobinPartitioner",
        "partitioner.ignore.keys, true",
        "interceptor.classes, x.Y",
        "key.serializer, x.Y",
        "value.serializer, x.Y",
        "transactional.id, t",
        "bootstrap.servers, localhost:1",
        "delivery.timeout.ms, 1",
        "max.block.ms, 1"
    })
    void shouldRefuseAProducerPropertyThatDeliveryOrPlacementRestsOn(final String name, final String value) {
        final UsageClientConfig.Builder builder = valid().producerProperties(Map.of(name, value));

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageStartingWith(
                        "producer property '" + name + "' with value '" + value + "' must not be set: ");
    }

    @Test
    void shouldPassOtherProducerPropertiesOnAndKeepWhatIsFixed() {
        final Map<String, Object> properties =
                ProducerSettings.producer(valid().producerProperties(Map.of("linger.ms", "50", "client.id", "billing"))
                        .build());

        final ProducerConfig kafka = new ProducerConfig(properties);
        assertThat(kafka.getLong("linger.ms")).isEqualTo(50);
        assertThat(kafka.getString("client.id")).isEqualTo("billing");
        assertThat(kafka.getString("acks")).isEqualTo("-1");
        assertThat(kafka.getBoolean("enable.idempotence")).isTrue();
        assertThat(kafka.getClass("partitioner.class")).isNull();
        assertThat(kafka.getBoolean("partitioner.ignore.keys")).isFalse();
    }

    @Test
    void shouldSendByDefaultAsTheDocumentationSays() {
        final ProducerConfig kafka = new ProducerConfig(ProducerSettings.producer(valid().build()));

        assertThat(kafka.getLong("linger.ms")).isEqualTo(5);
        assertThat(kafka.getString("compression.type")).isEqualTo("lz4");
        assertThat(kafka.getInt("delivery.timeout.ms")).isEqualTo(120_000);
        assertThat(kafka.getLong("max.block.ms")).isEqualTo(60_000);
    }

    @Test
    void shouldFitRequestsIntoAShortDeliveryTimeout() {
        final Map<String, Object> properties = ProducerSettings.producer(valid().deliveryTimeout(Duration.ofSeconds(1))
                .whenFull(WhenFull.fail())
                .build());

        assertThat(properties)
                .containsEntry("request.timeout.ms", 500)
                .containsEntry("delivery.timeout.ms", 1000)
                .containsEntry("max.block.ms", 10L);
    }

    @Test
    void shouldGiveTheAdminClientAddressesAndSecurityOnly() {
        assertThat(ProducerSettings.admin(
                        valid().producerProperties(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"))
                                .build()))
                .containsEntry("bootstrap.servers", "localhost:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "PLAIN")
                .doesNotContainKeys("acks", "linger.ms", "key.serializer");
    }

    @Test
    void shouldNameTheSettingThatIsWrongItsValueAndWhatIsAllowed() {
        assertRefused(UsageClientConfig.builder(), "bootstrapServers 'null' must be set");
        assertRefused(valid().schemaRegistryUrl(" "), "schemaRegistryUrl ' ' must be set");
        assertRefused(valid().maxInFlight(0), "maxInFlight '0' must be at least 1");
        assertRefused(
                valid().topic("a b"), "topic 'a b' must be 1 to 249 letters, digits, dots, underscores or hyphens");
        assertRefused(
                valid().deliveryTimeout(Duration.ofMillis(999)), "deliveryTimeout 'PT0.999S' must be at least PT1S");
        assertRefused(valid().closeTimeout(Duration.ZERO), "closeTimeout 'PT0S' must be from PT0.001S to PT24H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WhenFull.block(Duration.ofDays(2)))
                .withMessage("when full: block deadline 'PT48H' must be from PT0.001S to PT24H");
    }

    @Test
    void shouldNotShowSecrets() {
        final UsageClientConfig config = valid().producerProperties(Map.of("sasl.jaas.config", "secret1"))
                .registryProperties(Map.of("basic.auth.user.info", "secret2"))
                .build();

        assertThat(config.toString())
                .contains("sasl.jaas.config", "basic.auth.user.info")
                .doesNotContain("secret");
    }

    @Test
    void shouldTakeATopicOfAnotherName() {
        assertThatNoException()
                .isThrownBy(() -> valid().topic("eu.usage-events_2").build());
    }

    private static void assertRefused(final UsageClientConfig.Builder builder, final String message) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
    }

    private static UsageClientConfig.Builder valid() {
        return UsageClientConfig.builder()
                .bootstrapServers("localhost:9092")
                .schemaRegistryUrl("http://localhost:8081");
    }
}
