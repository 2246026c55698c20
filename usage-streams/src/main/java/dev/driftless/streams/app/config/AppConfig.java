package dev.driftless.streams.app.config;

import static dev.driftless.streams.app.config.Settings.*;

import dev.driftless.schemas.Topics;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.counting.ClosingRules;
import dev.driftless.streams.provisioning.ProvisioningSettings;
import dev.driftless.streams.topology.TopologySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The whole configuration, checked: there is none that is half right. Flags come before environment variables, those
 * before the file, and that before defaults; see {@link SettingSources}.
 *
 * @param connection where brokers and registry are
 * @param topics names of the topics
 * @param provisioning what topics must be like
 * @param topology what the topology can be told
 * @param instance how this instance runs
 * @param lifeCycle how it starts, ends, and recovers
 * @param ops where operations endpoints are served
 * @param warnings what is odd but no error, for the log
 */
public record AppConfig(
        ConnectionConfig connection,
        Topics topics,
        ProvisioningSettings provisioning,
        TopologySettings topology,
        InstanceConfig instance,
        LifeCycleConfig lifeCycle,
        OpsConfig ops,
        List<String> warnings) {
    private static final Duration BEYOND_DEDUP_WINDOW = Duration.ofDays(7);
    private static final Duration BEYOND_COMMIT_INTERVAL = Duration.ofSeconds(10);

    public AppConfig {
        warnings = List.copyOf(warnings);
    }

    /**
     * Checks what the sources give.
     *
     * @throws ConfigException listing everything that is wrong
     */
    public static AppConfig from(final SettingSources sources) {
        final SettingReader read = new SettingReader(sources);
        final KafkaRules rules = KafkaRules.check(sources.under(SettingSources.KAFKA));
        rules.problems().forEach(read::problem);
        final Optional<Topics> topics = topics(read);
        final Optional<TopologySettings> topology = topology(read);
        final Optional<InstanceConfig> instance = instance(read);
        final Optional<ProvisioningSettings> provisioning =
                topics.flatMap(names -> topology.flatMap(settings -> provisioning(read, names, settings)));
        read.throwIfWrong();
        return new AppConfig(
                ConnectionConfig.of(
                        read.value(BOOTSTRAP_SERVERS),
                        read.value(SCHEMA_REGISTRY_URL),
                        texts(sources.under(SettingSources.KAFKA)),
                        texts(sources.under(SettingSources.SCHEMA_REGISTRY))),
                topics.orElseThrow(),
                provisioning.orElseThrow(),
                topology.orElseThrow(),
                instance.orElseThrow(),
                new LifeCycleConfig(
                        read.value(PROVISION),
                        read.value(STARTUP_TIMEOUT),
                        read.value(SHUTDOWN_TIMEOUT),
                        read.value(RESTART_LIMIT),
                        read.value(RESTART_WINDOW)),
                new OpsConfig(read.value(OPS_HOST), read.value(OPS_PORT), read.given(OPS_ADVERTISED_HOST)),
                concat(sources.warnings(), rules.warnings()));
    }

    private static Optional<Topics> topics(final SettingReader read) {
        return read.together(
                () -> DistinctTopics.require(new Topics(
                        read.value(USAGE_EVENTS),
                        read.value(USAGE_REROUTED),
                        read.value(FEATURE_CATALOG),
                        read.value(SUBSCRIPTIONS),
                        read.value(BILLING_USAGE),
                        read.value(USAGE_REJECTED))),
                USAGE_EVENTS,
                USAGE_REROUTED,
                FEATURE_CATALOG,
                SUBSCRIPTIONS,
                BILLING_USAGE,
                USAGE_REJECTED);
    }

    private static Optional<TopologySettings> topology(final SettingReader read) {
        final Optional<AdmissionWindow> window =
                read.together(() -> window(read), DEDUP_WINDOW, ADMISSIBLE_AGE, CLOCK_SKEW);
        return window.flatMap(admission -> read.together(
                () -> new TopologySettings(
                        admission,
                        read.value(DEDUP_BUCKETS),
                        usageEventsRetention(read).duration(),
                        new ClosingRules(read.value(GRACE), read.value(LATE_POLICY), read.value(GROUP_LIMIT)),
                        read.value(EMISSION_INTERVAL),
                        read.value(IDLE_DELAY),
                        Math.toIntExact(read.value(MAX_RECORD_BYTES))),
                DEDUP_BUCKETS,
                USAGE_EVENTS_RETENTION,
                GRACE,
                LATE_POLICY,
                GROUP_LIMIT,
                EMISSION_INTERVAL,
                IDLE_DELAY));
    }

    private static AdmissionWindow window(final SettingReader read) {
        final Duration dedupWindow = read.value(DEDUP_WINDOW);
        final Duration clockSkew = read.value(CLOCK_SKEW);
        return new AdmissionWindow(
                dedupWindow, read.given(ADMISSIBLE_AGE).orElseGet(() -> dedupWindow.minus(clockSkew)), clockSkew);
    }

    private static Retention usageEventsRetention(final SettingReader read) {
        return read.given(USAGE_EVENTS_RETENTION)
                .orElseGet(() -> Retention.of(read.value(DEDUP_WINDOW).plus(BEYOND_DEDUP_WINDOW)));
    }

    private static Optional<InstanceConfig> instance(final SettingReader read) {
        return read.together(
                () -> new InstanceConfig(
                        read.value(APPLICATION_ID),
                        read.value(STATE_DIR),
                        read.value(STREAM_THREADS),
                        read.value(COMMIT_INTERVAL),
                        read.given(TRANSACTION_TIMEOUT)
                                .orElseGet(() -> read.value(COMMIT_INTERVAL).plus(BEYOND_COMMIT_INTERVAL)),
                        read.value(SESSION_TIMEOUT),
                        read.value(STANDBY_REPLICAS),
                        read.value(CACHE_SIZE),
                        read.value(ROCKSDB_MEMORY)),
                COMMIT_INTERVAL,
                TRANSACTION_TIMEOUT);
    }

    private static Optional<ProvisioningSettings> provisioning(
            final SettingReader read, final Topics topics, final TopologySettings topology) {
        return read.together(
                () -> new ProvisioningSettings(
                        topics,
                        read.value(APPLICATION_ID),
                        read.value(PARTITIONS),
                        read.value(REPLICATION_FACTOR),
                        topology.window().dedupWindow(),
                        topology.usageEventsRetention(),
                        read.value(USAGE_REJECTED_RETENTION).duration(),
                        Math.toIntExact(read.value(MAX_RECORD_BYTES))),
                DEDUP_WINDOW,
                USAGE_EVENTS_RETENTION);
    }

    private static Map<String, String> texts(final Map<String, RawValue> values) {
        final Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private static List<String> concat(final List<String> first, final List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
