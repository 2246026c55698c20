package dev.driftless.streams.app.config;

import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.Topics;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.counting.ClosingRules;
import dev.driftless.streams.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The table of all settings. Flags, environment names, help and reference are made from it. */
public final class Settings {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration TEN_YEARS = Duration.ofDays(3_653);
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long TIB = 1L << 40;

    private static final String CONNECTIONS = "Connections";
    private static final String INSTANCE = "Instance";
    private static final String ADMISSION = "Admission and emission";
    private static final String TOPICS = "Topics";
    private static final String LIFE_CYCLE = "Life cycle";
    private static final String OPERATIONS = "Operations";

    static final Setting<String> BOOTSTRAP_SERVERS = given(
            CONNECTIONS,
            "bootstrap-servers",
            SettingTypes.brokers(),
            "localhost:9092",
            "Where the Kafka brokers are found.");
    static final Setting<String> SCHEMA_REGISTRY_URL = given(
            CONNECTIONS,
            "schema-registry-url",
            SettingTypes.urls(),
            "http://localhost:8081/apis/ccompat/v7",
            "Where the schema registry has Confluent's API; the default is where Apicurio Registry has it, Confluent's own has "
                    + "it at the root. User and password go under `schema-registry.*`, so that they are not shown with "
                    + "the address.");

    static final Setting<String> APPLICATION_ID = given(
            INSTANCE,
            "application-id",
            SettingTypes.name(),
            "driftless",
            "Names the installation: consumer group, state and internal topics. All instances of an installation have "
                    + "the same; another one counts everything anew.");
    static final Setting<Path> STATE_DIR = given(
            INSTANCE,
            "state-dir",
            SettingTypes.path(),
            "driftless-state",
            "Directory of this instance's state, of which Kafka holds a copy. Not under /tmp, where it may be cleaned "
                    + "away and take long to restore. Never shared by two instances.");
    static final Setting<Integer> STREAM_THREADS = given(
            INSTANCE,
            "stream-threads",
            SettingTypes.integer(1, 1_000),
            "1",
            "Threads that process partitions. More than there are partitions do nothing.");
    static final Setting<Duration> COMMIT_INTERVAL = given(
            INSTANCE,
            "commit-interval",
            SettingTypes.duration(Duration.ofMillis(10), MINUTE),
            "500ms",
            "How often a transaction is committed, and so how soon readers see what was counted. Shorter costs "
                    + "throughput.");
    static final Setting<Duration> TRANSACTION_TIMEOUT = derived(
            INSTANCE,
            "transaction-timeout",
            SettingTypes.duration(Duration.ofSeconds(1), QUARTER_HOUR),
            "commit-interval + 10s",
            "When brokers abort the transaction of an instance that died; until then its successor and the readers of "
                    + "committed records wait. Longer than the commit interval.");
    static final Setting<Duration> SESSION_TIMEOUT = given(
            INSTANCE,
            "session-timeout",
            SettingTypes.duration(Duration.ofSeconds(6), Duration.ofMinutes(30)),
            "15s",
            "How long an instance or a thread that died is waited for before others take its partitions over. Within the "
                    + "brokers' group.min.session.timeout.ms and group.max.session.timeout.ms.");
    static final Setting<Integer> STANDBY_REPLICAS = given(
            INSTANCE,
            "standby-replicas",
            SettingTypes.integer(0, 100),
            "0",
            "On how many further instances a copy of the state is kept warm, so that they take over without restoring "
                    + "it. Costs their disk.");
    static final Setting<Long> CACHE_SIZE = given(
            INSTANCE,
            "cache-size",
            SettingTypes.bytes(0, TIB),
            "64MiB",
            "Heap for what is written to state between two commits: an aggregate that changes often is written once.");
    static final Setting<Long> ROCKSDB_MEMORY = given(
            INSTANCE,
            "rocksdb-memory",
            SettingTypes.bytes(16 * MIB, TIB),
            "256MiB",
            "Memory outside of the heap that all state on disk uses together for blocks, filters and write buffers.");

    static final Setting<Duration> DEDUP_WINDOW = given(
            ADMISSION,
            "dedup-window",
            SettingTypes.duration(MILLI, TEN_YEARS),
            Durations.format(AdmissionWindow.DEFAULT.dedupWindow()),
            "How long after its arrival an event's idempotency key is remembered. At least admissible-age + clock-skew: "
                    + "then no retry of an admissible event is counted twice. 35 days let a month be sent again after it.");
    static final Setting<Duration> ADMISSIBLE_AGE = derived(
            ADMISSION,
            "admissible-age",
            SettingTypes.duration(MILLI, TEN_YEARS),
            "dedup-window - clock-skew",
            "How far an event's occurred-at may lie before its arrival; older ones are rejected as TOO_OLD.");
    static final Setting<Duration> CLOCK_SKEW = given(
            ADMISSION,
            "clock-skew",
            SettingTypes.duration(NONE, DAY),
            Durations.format(AdmissionWindow.DEFAULT.clockSkew()),
            "How far an event's occurred-at may lie after its arrival; later ones are rejected as IN_FUTURE.");
    static final Setting<Integer> DEDUP_BUCKETS = given(
            ADMISSION,
            "dedup-buckets",
            SettingTypes.integer(1, 64),
            Integer.toString(TopologySettings.DEFAULT.dedupBuckets()),
            "Into how many buckets the dedup window is cut. More free disk sooner; each costs a look-up per event. Not to "
                    + "be changed while state exists.");
    static final Setting<Duration> GRACE = given(
            ADMISSION,
            "grace",
            SettingTypes.duration(NONE, TEN_YEARS),
            Durations.format(ClosingRules.DEFAULT.grace()),
            "How long after its end a period stays open for what is under way.");
    static final Setting<LatePolicy> LATE_POLICY = given(
            ADMISSION,
            "late-policy",
            SettingTypes.oneOf(LatePolicy.class),
            "amend",
            "What becomes of an event whose period has closed, unless its feature says otherwise. amend: the closed period "
                    + "is amended. next: counted into the open period. reject: rejected with PERIOD_CLOSED.");
    static final Setting<Integer> GROUP_LIMIT = given(
            ADMISSION,
            "group-limit",
            SettingTypes.integer(1, 1_000_000),
            Integer.toString(ClosingRules.DEFAULT.groupLimit()),
            "How many combinations of groupBy values one customer may have of one feature in one period; an event beyond "
                    + "it is rejected.");
    static final Setting<Duration> EMISSION_INTERVAL = given(
            ADMISSION,
            "emission-interval",
            SettingTypes.duration(NONE, HOUR),
            Durations.format(TopologySettings.DEFAULT.emissionInterval()),
            "Least time between two records of one aggregate; 0s writes each change.");
    static final Setting<Duration> IDLE_DELAY = given(
            ADMISSION,
            "idle-delay",
            SettingTypes.duration(MILLI, HOUR),
            Durations.format(TopologySettings.DEFAULT.idleDelay()),
            "How long a partition may be silent while something waits to be emitted, before the application writes a tick "
                    + "into it.");

    static final Setting<String> USAGE_EVENTS = topic("usage-events", Topics.DEFAULT.usageEvents(), "Input: usage.");
    static final Setting<String> USAGE_REROUTED = topic(
            "usage-rerouted",
            Topics.DEFAULT.usageRerouted(),
            "Events that stood in another partition than their customer's; written by the application alone.");
    static final Setting<String> FEATURE_CATALOG =
            topic("feature-catalog", Topics.DEFAULT.featureCatalog(), "Input: the metered features.");
    static final Setting<String> SUBSCRIPTIONS =
            topic("subscriptions", Topics.DEFAULT.subscriptions(), "Input: the customers' billing periods.");
    static final Setting<String> BILLING_USAGE =
            topic("billing-usage", Topics.DEFAULT.billingUsage(), "Output: aggregates.");
    static final Setting<String> USAGE_REJECTED =
            topic("usage-rejected", Topics.DEFAULT.usageRejected(), "Output: what was not counted, and why.");
    static final Setting<Provision> PROVISION = given(
            TOPICS,
            "provision",
            SettingTypes.oneOf(Provision.class),
            "check",
            "At the start, check: compare topics and schemas with what the promises need, and refuse to start if one is "
                    + "broken. apply: also create and register what is missing; never changes what exists.");
    static final Setting<Integer> PARTITIONS = given(
            TOPICS,
            "partitions",
            SettingTypes.integer(1, 10_000),
            "6",
            "Partitions of a topic when it is created: the most threads that can share the work. Cannot be changed later "
                    + "without counting anew.");
    static final Setting<Short> REPLICATION_FACTOR = given(
            TOPICS,
            "replication-factor",
            SettingTypes.replicationFactor(),
            "-1",
            "Copies of each record, of internal topics too. From 3 on, 2 must have a record before it is acknowledged. -1 "
                    + "takes what the brokers default to.");
    static final Setting<Retention> USAGE_EVENTS_RETENTION = derived(
            TOPICS,
            "usage-events-retention",
            SettingTypes.retention(),
            "dedup-window + 7d",
            "How long brokers keep usage events. Longer than the dedup window, so that what was counted can be recounted.");
    static final Setting<Retention> USAGE_REJECTED_RETENTION = given(
            TOPICS,
            "usage-rejected-retention",
            SettingTypes.retention(),
            "90d",
            "How long brokers keep rejected records, and so how long they can be corrected and sent again.");
    static final Setting<Long> MAX_RECORD_BYTES = given(
            TOPICS,
            "max-record-bytes",
            SettingTypes.bytes(16 * KIB, 32 * MIB),
            "1048588",
            "Largest batch that brokers take into usage-events (Kafka's own default), and largest key and value together "
                    + "of one record uncompressed; a larger one, out of a compressed batch, is rejected as INVALID. The "
                    + "topics that must hold such a record with what the application adds are sized by it.");

    static final Setting<Duration> STARTUP_TIMEOUT = given(
            LIFE_CYCLE,
            "startup-timeout",
            SettingTypes.duration(NONE, DAY),
            "2m",
            "How long brokers and registry are waited for at the start.");
    static final Setting<Duration> SHUTDOWN_TIMEOUT = given(
            LIFE_CYCLE,
            "shutdown-timeout",
            SettingTypes.duration(Duration.ofSeconds(1), HOUR),
            "20s",
            "How long the last commit may take at the end. Below the 30 s after which Kubernetes kills.");
    static final Setting<Integer> RESTART_LIMIT = given(
            LIFE_CYCLE,
            "restart-limit",
            SettingTypes.integer(0, 10_000),
            "10",
            "How often within restart-window a thread that met an outage is restarted before the application gives up "
                    + "and exits with 1.");
    static final Setting<Duration> RESTART_WINDOW = given(
            LIFE_CYCLE,
            "restart-window",
            SettingTypes.duration(Duration.ofSeconds(1), DAY),
            "15m",
            "The time within which restarts are counted.");

    static final Setting<String> OPS_HOST = given(
            OPERATIONS,
            "ops-host",
            SettingTypes.host(),
            "127.0.0.1",
            "Address on which probes, metrics, the account and queries are served. 0.0.0.0 for all, as in a container.");
    static final Setting<Integer> OPS_PORT =
            given(OPERATIONS, "ops-port", SettingTypes.port(), "8090", "Its port; 0 for a free one.");
    static final Setting<String> OPS_ADVERTISED_HOST = derived(
            OPERATIONS,
            "ops-advertised-host",
            SettingTypes.host(),
            "ops-host, or where that is 0.0.0.0 the machine's name",
            "Host by which the other instances reach this one, to pass on queries about customers whose state is here.");

    private static final List<Setting<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            SCHEMA_REGISTRY_URL,
            APPLICATION_ID,
            STATE_DIR,
            STREAM_THREADS,
            COMMIT_INTERVAL,
            TRANSACTION_TIMEOUT,
            SESSION_TIMEOUT,
            STANDBY_REPLICAS,
            CACHE_SIZE,
            ROCKSDB_MEMORY,
            DEDUP_WINDOW,
            ADMISSIBLE_AGE,
            CLOCK_SKEW,
            DEDUP_BUCKETS,
            GRACE,
            LATE_POLICY,
            GROUP_LIMIT,
            EMISSION_INTERVAL,
            IDLE_DELAY,
            PROVISION,
            PARTITIONS,
            REPLICATION_FACTOR,
            USAGE_EVENTS_RETENTION,
            USAGE_REJECTED_RETENTION,
            MAX_RECORD_BYTES,
            USAGE_EVENTS,
            USAGE_REROUTED,
            FEATURE_CATALOG,
            SUBSCRIPTIONS,
            BILLING_USAGE,
            USAGE_REJECTED,
            STARTUP_TIMEOUT,
            SHUTDOWN_TIMEOUT,
            RESTART_LIMIT,
            RESTART_WINDOW,
            OPS_HOST,
            OPS_PORT,
            OPS_ADVERTISED_HOST);

    private Settings() {}

    /** All settings, in the order in which they are shown. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    private static Setting<String> topic(final String name, final String defaultText, final String description) {
        return given(TOPICS, "topics." + name, SettingTypes.topic(), defaultText, "Name of the topic. " + description);
    }

    private static <T> Setting<T> given(
            final String group,
            final String name,
            final SettingType<T> type,
            final String defaultText,
            final String description) {
        return new Setting<>(group, name, type, defaultText, false, description);
    }

    private static <T> Setting<T> derived(
            final String group,
            final String name,
            final SettingType<T> type,
            final String defaultText,
            final String description) {
        return new Setting<>(group, name, type, defaultText, true, description);
    }
}
