package dev.driftless.streams.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Topics;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppConfigTest {
    @TempDir
    private Path directory;

    @Test
    void shouldHaveADefaultForEverything() {
        final AppConfig config = Given.flags(Map.of());

        assertThat(config.topics()).isEqualTo(Topics.DEFAULT);
        assertThat(config.topology().window()).isEqualTo(AdmissionWindow.DEFAULT);
        assertThat(config.topology()).isEqualTo(TopologySettings.DEFAULT);
        assertThat(config.instance().commitInterval()).hasMillis(500);
        assertThat(config.lifeCycle().provision()).isEqualTo(Provision.CHECK);
        assertThat(config.ops()).isEqualTo(new OpsConfig("127.0.0.1", 8090));
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void shouldPreferAFlagToTheEnvironmentAndThatToTheFile() {
        final Path file = Given.write(directory, "partitions: 1\nops-port: 1\nstream-threads: 1\n");
        final AppConfig config = AppConfig.from(SettingSources.of(
                Optional.of(file),
                Map.of("DRIFTLESS_PARTITIONS", "2", "DRIFTLESS_OPS_PORT", "2"),
                Map.of("partitions", "3")));

        assertThat(config.provisioning().partitions()).isEqualTo(3);
        assertThat(config.ops().port()).isEqualTo(2);
        assertThat(config.instance().threads()).isEqualTo(1);
    }

    @Test
    void shouldReadTheFileThatTheEnvironmentNames() {
        final Path file = Given.write(directory, "application-id: from-file");

        assertThat(Given.environment(Map.of("DRIFTLESS_CONFIG", file.toString()))
                        .instance()
                        .applicationId())
                .isEqualTo("from-file");
    }

    @Test
    void shouldReadNestedAndDottedNamesAlike() {
        assertThat(Given.file(directory, "topics:\n  usage-events: a\ntopics.billing-usage: b\n")
                        .topics())
                .isEqualTo(
                        new Topics("a", "usage-rerouted", "feature-catalog", "subscriptions", "b", "usage-rejected"));
    }

    @Test
    void shouldTakeAListOfAddresses() {
        final AppConfig config = Given.file(
                directory, "bootstrap-servers: [a:1, b:2]\nschema-registry-url:\n- http://c\n- https://d/e\n");

        assertThat(config.connection().bootstrapServers()).isEqualTo("a:1,b:2");
        assertThat(config.connection().schemaRegistryUrls()).containsExactly("http://c", "https://d/e");
    }

    @Test
    void shouldTakeAnEmptyEnvironmentVariableAsNotGiven() {
        assertThat(Given.environment(Map.of("DRIFTLESS_PARTITIONS", " "))
                        .provisioning()
                        .partitions())
                .isEqualTo(6);
    }

    @Test
    void shouldAcceptAnEmptyFile() {
        assertThat(Given.file(directory, "# nothing\n").instance().threads()).isEqualTo(1);
    }

    @Test
    void shouldDeriveTheAdmissibleAgeAndTheRetentionFromTheDedupWindow() {
        final AppConfig config = Given.flags(Map.of("dedup-window", "10d", "clock-skew", "1h"));

        assertThat(config.topology().window().admissibleAge())
                .isEqualTo(Duration.ofDays(10).minusHours(1));
        assertThat(config.topology().usageEventsRetention()).contains(Duration.ofDays(17));
        assertThat(config.provisioning().usageEventsRetention()).contains(Duration.ofDays(17));
    }

    @Test
    void shouldKeepUsageEventsForEverIfToldTo() {
        assertThat(Given.flags(Map.of("usage-events-retention", "forever"))
                        .topology()
                        .usageEventsRetention())
                .isEmpty();
    }

    @Test
    void shouldLetTheTransactionTimeoutExceedTheCommitInterval() {
        assertThat(Given.flags(Map.of("commit-interval", "1m")).instance().transactionTimeout())
                .hasSeconds(70);
    }

    @Test
    void shouldPassRawSettingsOnFromAllSources() {
        final Path file = Given.write(directory, "kafka:\n  security.protocol: SASL_SSL\n  main.consumer:\n    x: 1\n");
        final AppConfig config = AppConfig.from(SettingSources.of(
                Optional.of(file),
                Map.of(
                        "DRIFTLESS_KAFKA_SASL_MECHANISM",
                        "PLAIN",
                        "DRIFTLESS_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO",
                        "u:p"),
                Map.of("kafka.consumer.max.poll.records", "7")));

        assertThat(config.connection().kafka())
                .containsOnly(
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("main.consumer.x", "1"),
                        Map.entry("sasl.mechanism", "PLAIN"),
                        Map.entry("consumer.max.poll.records", "7"));
        assertThat(config.connection().schemaRegistry()).containsOnly(Map.entry("basic.auth.user.info", "u:p"));
    }

    @Test
    void shouldTellUnderscoresAndHyphensApartInTheEnvironment() {
        assertThat(Given.environment(Map.of("DRIFTLESS_KAFKA_A_B__C___D", "1"))
                        .connection()
                        .kafka())
                .containsOnlyKeys("a.b_c-d");
    }

    @Test
    void shouldWarnOfARawSettingThatKafkaDoesNotKnow() {
        assertThat(Given.flags(Map.of("kafka.consumer.max.pol.records", "7")).warnings())
                .containsExactly(
                        "kafka.consumer.max.pol.records (flag --kafka) is not known to Kafka's clients; did you mean "
                                + "'max.poll.records'?");
    }

    @Test
    void shouldWarnOfAnEnvironmentVariableThatIsNearlyASetting() {
        assertThat(Given.environment(Map.of("DRIFTLESS_PARTITION", "7", "DRIFTLESS_SERVICE_HOST", "10.0.0.1"))
                        .warnings())
                .containsExactly(
                        "environment variable DRIFTLESS_PARTITION is not a setting; did you mean DRIFTLESS_PARTITIONS?");
    }

    @Test
    void shouldNotShowSecretsWhenShownItself() {
        assertThat(Given.flags(Map.of(
                                "kafka.sasl.jaas.config", "password=hunter2", "kafka.ssl.key.password", "hunter2"))
                        .toString())
                .contains("sasl.jaas.config")
                .doesNotContain("hunter2");
    }
}
