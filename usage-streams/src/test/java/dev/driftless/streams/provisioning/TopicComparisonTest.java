package dev.driftless.streams.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.driftless.schemas.Topics;
import dev.driftless.streams.provisioning.Drift.Remedy;
import dev.driftless.streams.provisioning.TopicSpec.Origin;
import dev.driftless.streams.topology.TopologySettings;
import dev.driftless.streams.topology.UsageTopology;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicComparisonTest {
    private static final int PARTITIONS = 6;
    private static final String DEDUP_CHANGELOG = "driftless-usage-dedup-changelog";
    private static final ProvisioningSettings SETTINGS = settings(Optional.of(Duration.ofDays(42)), (short) -1);

    private final Map<String, TopicState> found = new HashMap<>();

    @BeforeEach
    void allIsAsItMustBe() {
        TopicSpecs.of(SETTINGS).forEach(spec -> put(spec, 3, Map.of("min.insync.replicas", "2")));
    }

    @Test
    void shouldFindNothingWrongWithWhatProvisioningCreates() {
        assertThat(drifts()).isEmpty();
        assertThat(new DriftReport(drifts()).text()).isEqualTo("topics and schemas are as they must be");
    }

    @Test
    void shouldMissWhatProvisioningCreatesAndNotWhatKafkaStreamsDoes() {
        found.clear();

        assertThat(drifts())
                .hasSize(6)
                .allSatisfy(drift -> assertThat(drift.severity()).isEqualTo(Severity.BROKEN))
                .allSatisfy(drift -> assertThat(drift.remedy()).isEqualTo(Remedy.APPLY))
                .extracting(Drift::place)
                .doesNotContain(DEDUP_CHANGELOG);
    }

    @ParameterizedTest
    @CsvSource({
        "usage-events, message.timestamp.type, CreateTime",
        "usage-events, cleanup.policy, compact",
        "usage-events, cleanup.policy, 'compact,delete'",
        "usage-events, retention.ms, 3024000000",
        "usage-events, retention.bytes, 1000000",
        "usage-events, max.message.bytes, 1048589",
        "usage-events, min.insync.replicas, 1",
        "usage-events, unclean.leader.election.enable, true",
        "usage-rerouted, message.timestamp.type, CreateTime",
        "usage-rerouted, max.message.bytes, 1048588",
        "usage-rerouted, retention.ms, 1",
        "feature-catalog, cleanup.policy, delete",
        "feature-catalog, cleanup.policy, 'compact,delete'",
        "subscriptions, cleanup.policy, delete",
        "subscriptions, message.timestamp.type, CreateTime",
        "billing-usage, cleanup.policy, delete",
        "billing-usage, min.insync.replicas, 1",
        "usage-rejected, cleanup.policy, compact",
        "usage-rejected, retention.bytes, 1000000",
        "usage-rejected, max.message.bytes, 1048588",
        "driftless-usage-dedup-changelog, retention.ms, 6652799999",
        "driftless-usage-dedup-changelog, message.timestamp.type, CreateTime"
    })
    void shouldFindAPromiseBrokenBy(final String topic, final String setting, final String value) {
        change(topic, setting, value);

        assertThat(drifts()).singleElement().satisfies(drift -> {
            assertThat(drift.place()).isEqualTo(topic);
            assertThat(drift.setting()).isEqualTo(setting);
            assertThat(drift.is()).isEqualTo(value);
            assertThat(drift.severity()).isEqualTo(Severity.BROKEN);
            assertThat(drift.remedy()).isEqualTo(Remedy.FIX);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "usage-events, retention.ms, 3600000000",
        "usage-rejected, retention.ms, 1000",
    })
    void shouldOnlyAdviseOn(final String topic, final String setting, final String value) {
        change(topic, setting, value);

        assertThat(drifts()).singleElement().satisfies(drift -> {
            assertThat(drift.place()).isEqualTo(topic);
            assertThat(drift.setting()).isEqualTo(setting);
            assertThat(drift.severity()).isEqualTo(Severity.ADVISORY);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "usage-rejected, retention.ms, -1",
        "usage-rejected, max.message.bytes, 99999999",
        "usage-events, max.message.bytes, 500000",
        "usage-events, min.insync.replicas, 3",
        "driftless-usage-dedup-changelog, retention.ms, -1",
        "driftless-usage-dedup-changelog, cleanup.policy, 'compact,delete'"
    })
    void shouldAcceptWhatIsMoreThanEnough(final String topic, final String setting, final String value) {
        change(topic, setting, value);

        assertThat(drifts()).isEmpty();
    }

    @Test
    void shouldKeepUsageEventsForEverIfThatIsTheSetting() {
        final ProvisioningSettings forever = settings(Optional.empty(), (short) -1);
        found.clear();
        TopicSpecs.of(forever).forEach(spec -> put(spec, 1, Map.of()));
        assertThat(new TopicComparison(forever, found).drifts()).isEmpty();

        change(DEDUP_CHANGELOG, "retention.ms", "6652800000");

        assertThat(new TopicComparison(forever, found).drifts())
                .extracting(Drift::place, Drift::mustBe)
                .containsExactly(tuple(
                        DEDUP_CHANGELOG,
                        "at least the dedup window on top of the retention of usage events, -1 (for ever)"));
    }

    @Test
    void shouldWantAsManyPartitionsWhereRecordsOfACustomerMeet() {
        List.of("usage-rerouted", "subscriptions", "feature-catalog", "billing-usage", "usage-rejected")
                .forEach(topic -> partitions(topic, 5));

        assertThat(drifts()).extracting(Drift::place).containsExactly("usage-rerouted", "subscriptions");
        assertThat(drifts()).allSatisfy(drift -> {
            assertThat(drift.setting()).isEqualTo("partitions");
            assertThat(drift.severity()).isEqualTo(Severity.BROKEN);
            assertThat(drift.remedy()).isEqualTo(Remedy.BY_HAND);
        });
    }

    @Test
    void shouldGoByTheUsageEventsThereAreAndAdviseOnTheSetting() {
        found.keySet().forEach(topic -> partitions(topic, 12));

        assertThat(new TopicComparison(SETTINGS, found).partitions()).isEqualTo(12);
        assertThat(drifts()).singleElement().satisfies(drift -> {
            assertThat(drift.place()).isEqualTo("usage-events");
            assertThat(drift.severity()).isEqualTo(Severity.ADVISORY);
        });
    }

    @Test
    void shouldAdviseOnFewerReplicasThanConfigured() {
        final ProvisioningSettings five = settings(Optional.of(Duration.ofDays(42)), (short) 5);

        assertThat(new TopicComparison(five, found).drifts())
                .isNotEmpty()
                .allSatisfy(drift -> assertThat(drift.setting()).isEqualTo("replication factor"))
                .allSatisfy(drift -> assertThat(drift.severity()).isEqualTo(Severity.ADVISORY));
    }

    @Test
    void shouldNotAskForASecondReplicaInSyncWhereThereAreOnlyTwo() {
        found.replaceAll((topic, state) -> new TopicState(state.partitions(), 2, state.settings()));
        found.keySet().forEach(topic -> change(topic, "min.insync.replicas", "1"));

        assertThat(drifts()).isEmpty();
    }

    @Test
    void shouldFixWhatDriftedAndNothingElse() {
        change("usage-events", "retention.ms", "1000");
        change("usage-events", "compression.type", "zstd");

        assertThat(changes()).containsExactly(new SettingChange("usage-events", "retention.ms", "1000", "3628800000"));
    }

    @Test
    void shouldNeverShortenWhatIsKeptButKeepIdempotencyKeysForAsLong() {
        change("usage-events", "retention.ms", "-1");

        assertThat(drifts())
                .extracting(Drift::place, Drift::setting, Drift::severity, Drift::remedy)
                .containsExactly(
                        tuple("usage-events", "retention.ms", Severity.ADVISORY, Remedy.BY_HAND),
                        tuple(DEDUP_CHANGELOG, "retention.ms", Severity.BROKEN, Remedy.FIX));
        assertThat(changes()).containsExactly(new SettingChange(DEDUP_CHANGELOG, "retention.ms", "6652800000", "-1"));
    }

    @Test
    void shouldGoByTheRetentionOfTheTopicWhereItIsLongerThanTheSetting() {
        assertThat(retention()).contains(Duration.ofDays(42));

        change(
                "usage-events",
                "retention.ms",
                Long.toString(Duration.ofDays(100).toMillis()));
        assertThat(retention()).contains(Duration.ofDays(100));

        change("usage-events", "retention.ms", "1000");
        assertThat(retention()).contains(Duration.ofDays(42));

        change("usage-events", "retention.ms", "-1");
        assertThat(retention()).isEmpty();

        found.clear();
        assertThat(retention()).contains(Duration.ofDays(42));
    }

    private Optional<Duration> retention() {
        return new TopicComparison(SETTINGS, found).usageEventsRetention();
    }

    @Test
    void shouldChangeNoPartitions() {
        partitions("subscriptions", 5);

        assertThat(changes()).isEmpty();
    }

    @Test
    void shouldTreatASettingThatBrokersDoNotTellAsDrift() {
        final TopicState state = found.get("billing-usage");
        final Map<String, String> settings = new HashMap<>(state.settings());
        settings.remove("cleanup.policy");
        found.put("billing-usage", new TopicState(state.partitions(), state.replicationFactor(), settings));

        assertThat(drifts()).singleElement().extracting(Drift::is).isEqualTo("unset");
    }

    @Test
    void shouldReportBrokenPromisesBeforeAdvice() {
        change("usage-rejected", "retention.ms", "1000");
        change("billing-usage", "cleanup.policy", "delete");

        assertThat(new DriftReport(drifts()).text()).isEqualTo("""
                        promises are broken:
                          billing-usage: cleanup.policy is delete, must be compact: aggregates would be forgotten before they are billed (applying with --fix changes it)
                        not as intended:
                          usage-rejected: retention.ms is 1000, must be at least usage-rejected-retention, 7776000000 (PT2160H): rejected records go earlier than intended (applying with --fix changes it)""");
    }

    @Test
    void shouldRefuseToKeepUsageEventsNoLongerThanTheirKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Optional.of(Duration.ofDays(35)), (short) -1))
                .withMessageContaining("must be longer than dedup window");
    }

    @Test
    void shouldKnowTheDedupStoreByItsName() {
        final String topology = new UsageTopology(
                        TopologySettings.DEFAULT, Topics.DEFAULT, PARTITIONS, new MockSchemaRegistryClient())
                .toTopology()
                .describe()
                .toString();

        assertThat(TopicSpecs.of(SETTINGS))
                .filteredOn(spec -> spec.origin() == Origin.INTERNAL)
                .isNotEmpty()
                .allSatisfy(spec -> assertThat(topology)
                        .contains(spec.name()
                                .substring("driftless-".length(), spec.name().length() - "-changelog".length())));
    }

    private List<Drift> drifts() {
        return new TopicComparison(SETTINGS, found).drifts();
    }

    private List<SettingChange> changes() {
        return new TopicComparison(SETTINGS, found).changes();
    }

    private void put(final TopicSpec spec, final int replicas, final Map<String, String> more) {
        final Map<String, String> settings = new HashMap<>(spec.settings());
        settings.put("min.insync.replicas", "1");
        settings.put("unclean.leader.election.enable", "false");
        settings.putAll(more);
        found.put(spec.name(), new TopicState(PARTITIONS, replicas, settings));
    }

    private void change(final String topic, final String setting, final String value) {
        final TopicState state = found.get(topic);
        final Map<String, String> settings = new HashMap<>(state.settings());
        settings.put(setting, value);
        found.put(topic, new TopicState(state.partitions(), state.replicationFactor(), settings));
    }

    private void partitions(final String topic, final int partitions) {
        final TopicState state = found.get(topic);
        found.put(topic, new TopicState(partitions, state.replicationFactor(), state.settings()));
    }

    private static ProvisioningSettings settings(final Optional<Duration> retention, final short replicationFactor) {
        return new ProvisioningSettings(
                Topics.DEFAULT,
                "driftless",
                PARTITIONS,
                replicationFactor,
                Duration.ofDays(35),
                retention,
                Optional.of(Duration.ofDays(90)),
                1_048_588);
    }
}
