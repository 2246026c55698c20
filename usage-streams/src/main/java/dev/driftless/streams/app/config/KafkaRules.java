package dev.driftless.streams.app.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Which raw settings of the Kafka clients are passed on. Those that a promise rests on are refused with the reason, and
 * those that have a setting of their own with its name, under each prefix that Kafka Streams knows.
 *
 * @param problems settings that are refused
 * @param warnings settings that Kafka does not know
 */
record KafkaRules(List<ConfigProblem> problems, List<String> warnings) {
    /** Longest first, so that {@code main.consumer.} is not taken for an unknown setting. */
    private static final List<String> CLIENT_PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX);

    private static final String EXACTLY_ONCE = "exactly-once processing rests on it";
    private static final String BYTES_ONLY = "the application reads and writes bytes and decides itself what they are";
    private static final String NEVER_PAST = "an error is never resumed past: that would lose events in silence";
    private static final String CHANGELOGS = "each internal topic is set up for the state it holds";
    private static final String MEMORY = "memory for state is bounded by rocksdb-memory";

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("processing.guarantee", EXACTLY_ONCE),
            Map.entry("enable.auto.commit", EXACTLY_ONCE),
            Map.entry("isolation.level", EXACTLY_ONCE),
            Map.entry("transactional.id", EXACTLY_ONCE),
            Map.entry("enable.idempotence", EXACTLY_ONCE),
            Map.entry("acks", EXACTLY_ONCE),
            Map.entry("max.in.flight.requests.per.connection", EXACTLY_ONCE),
            Map.entry("default.client.supplier", EXACTLY_ONCE),
            Map.entry("auto.offset.reset", "events would be skipped; the application reads from the earliest"),
            Map.entry("ensure.explicit.internal.resource.naming", "state is found by explicit names, always"),
            Map.entry("topology.optimization", "it would change the names of internal topics"),
            Map.entry("processor.wrapper.class", "it would change what the pipeline does"),
            Map.entry("default.timestamp.extractor", "the broker's time is the only clock"),
            Map.entry("deserialization.exception.handler", NEVER_PAST),
            Map.entry("default.deserialization.exception.handler", NEVER_PAST),
            Map.entry("production.exception.handler", NEVER_PAST),
            Map.entry("default.production.exception.handler", NEVER_PAST),
            Map.entry("processing.exception.handler", NEVER_PAST),
            Map.entry("processing.exception.handler.global.enabled", NEVER_PAST),
            Map.entry("errors.dead.letter.queue.topic.name", NEVER_PAST),
            Map.entry("key.serializer", BYTES_ONLY),
            Map.entry("value.serializer", BYTES_ONLY),
            Map.entry("key.deserializer", BYTES_ONLY),
            Map.entry("value.deserializer", BYTES_ONLY),
            Map.entry("default.key.serde", BYTES_ONLY),
            Map.entry("default.value.serde", BYTES_ONLY),
            Map.entry("partitioner.class", "every customer has one partition, by murmur2"),
            Map.entry("partitioner.ignore.keys", "every customer has one partition, by murmur2"),
            Map.entry("rocksdb.config.setter", MEMORY),
            Map.entry("default.dsl.store", MEMORY),
            Map.entry("dsl.store.suppliers.class", MEMORY),
            Map.entry("dsl.store.format", "state is kept in one format"),
            Map.entry("topic.cleanup.policy", CHANGELOGS),
            Map.entry("topic.retention.ms", CHANGELOGS),
            Map.entry("topic.retention.bytes", CHANGELOGS),
            Map.entry("topic.message.timestamp.type", CHANGELOGS),
            Map.entry("topic.min.insync.replicas", "it follows from replication-factor"),
            Map.entry("topic.max.message.bytes", "it follows from max-record-bytes"),
            Map.entry("max.request.size", "it follows from max-record-bytes"),
            Map.entry("buffer.memory", "it follows from max-record-bytes"),
            Map.entry("application.server", own("ops-advertised-host")),
            Map.entry("bootstrap.servers", own("bootstrap-servers")),
            Map.entry("application.id", own("application-id")),
            Map.entry("group.id", own("application-id")),
            Map.entry("state.dir", own("state-dir")),
            Map.entry("num.stream.threads", own("stream-threads")),
            Map.entry("num.standby.replicas", own("standby-replicas")),
            Map.entry("replication.factor", own("replication-factor")),
            Map.entry("commit.interval.ms", own("commit-interval")),
            Map.entry("transaction.timeout.ms", own("transaction-timeout")),
            Map.entry("session.timeout.ms", own("session-timeout")),
            Map.entry("statestore.cache.max.bytes", own("cache-size")),
            Map.entry("cache.max.bytes.buffering", own("cache-size")));

    KafkaRules {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    static KafkaRules check(final Map<String, RawValue> given) {
        final List<ConfigProblem> problems = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final Collection<String> known = knownNames();
        given.forEach((name, value) -> {
            final String setting = SettingSources.KAFKA + name;
            final String bare = withoutPrefix(name);
            final Optional<String> refusal = Optional.ofNullable(REFUSED.get(bare));
            if (refusal.isPresent()) {
                problems.add(ConfigProblem.of(setting, value, "cannot be set: " + refusal.get()));
            } else if (!known.contains(bare) && !bare.startsWith(StreamsConfig.TOPIC_PREFIX)) {
                warnings.add(setting + " (" + value.source() + ") is not known to Kafka's clients"
                        + Suggestion.text(bare, known));
            }
        });
        return new KafkaRules(problems, warnings);
    }

    private static String own(final String setting) {
        return "it has a setting of its own, " + setting;
    }

    private static String withoutPrefix(final String name) {
        return CLIENT_PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    private static Set<String> knownNames() {
        final Set<String> names = new TreeSet<>(StreamsConfig.configDef().names());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }
}
