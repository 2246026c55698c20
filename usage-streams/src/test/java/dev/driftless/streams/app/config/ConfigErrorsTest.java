package dev.driftless.streams.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each error says which setting, from which source, which value, and what is allowed. */
class ConfigErrorsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bootstrap-servers | localhost | host:port, or several separated by commas",
                "bootstrap-servers | a:1, | host:port, or several separated by commas",
                "schema-registry-url | localhost:8081 | an http or https address",
                "schema-registry-url | ftp://a | an http or https address",
                "application-id | a b | 1 to 100 of the characters",
                "partitions | 0 | a whole number from 1 to 10000",
                "partitions | six | a whole number from 1 to 10000",
                "ops-port | 65536 | a whole number from 0 to 65535",
                "replication-factor | 0 | -1 (what the brokers default to) or 1 to 100",
                "dedup-window | 35 | a duration from 1ms to",
                "dedup-window | 0s | a duration from 1ms to",
                "cache-size | 1TiB2 | a number of bytes from 0 to",
                "cache-size | 999999999999999GiB | a number of bytes from 0 to",
                "usage-events-retention | never | forever, or a duration like 42d",
                "provision | fix | check or apply",
                "topics.usage-events | a/b | 1 to 249 of the characters",
                "topics.usage-events | .. | 1 to 249 of the characters",
                "dedup-buckets | 65 | a whole number from 1 to 64"
            })
    void shouldSayWhatIsAllowed(final String setting, final String value, final String allowed) {
        assertErrors(Map.of(setting, value))
                .contains(setting + " = '" + value + "' (flag --" + setting + "): must be " + allowed);
    }

    @Test
    void shouldNameTheEnvironmentVariableThatIsWrong() {
        assertMessage(() -> Given.environment(Map.of("DRIFTLESS_OPS_PORT", "x")))
                .contains("ops-port = 'x' (environment variable DRIFTLESS_OPS_PORT): must be a whole number");
    }

    @Test
    void shouldNameTheFileThatIsWrong() {
        assertMessage(() -> Given.file(directory, "ops-port: x"))
                .contains("ops-port = 'x' (file " + directory.resolve("driftless.yaml") + "): must be a whole number");
    }

    @Test
    void shouldListAllErrorsAtOnce() {
        final ConfigException thrown = catchThrowableOfType(
                ConfigException.class,
                () -> AppConfig.from(SettingSources.of(
                        Optional.of(Given.write(directory, "ops-prt: 1\npartitions: 0\n")),
                        Map.of("DRIFTLESS_STREAM_THREADS", "0"),
                        Map.of("kafka.acks", "1", "commit-interval", "10s", "transaction-timeout", "5s"))));

        assertThat(thrown.problems()).hasSize(5);
        assertThat(thrown.getMessage().lines()).hasSize(6);
    }

    @Test
    void shouldRefuseASettingThatDoesNotExistAndSayWhatWasMeant() {
        assertMessage(() -> Given.file(directory, "dedup-windw: 35d"))
                .contains("dedup-windw = '35d'", "there is no such setting; did you mean 'dedup-window'?");
    }

    @Test
    void shouldNotGuessWhereNothingIsSimilar() {
        assertMessage(() -> Given.file(directory, "colour: red"))
                .contains("there is no such setting")
                .doesNotContain("did you mean");
    }

    @Test
    void shouldRefuseANameWithoutAValue() {
        assertMessage(() -> Given.file(directory, "dedup-window: null"))
                .contains("dedup-window = nothing", "must have a value");
    }

    @Test
    void shouldRefuseASettingThatIsGivenTwice() {
        assertMessage(() -> Given.file(directory, "topics: {usage-events: a}\ntopics.usage-events: b\n"))
                .contains("topics.usage-events: is given twice");
    }

    @Test
    void shouldSayWhereAFileIsNotYamlWithoutQuotingIt() {
        assertMessage(() -> Given.file(directory, "kafka:\n  ssl.key.password: \"hunter2\n"))
                .contains("is not valid YAML at line")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldRefuseAFileThatIsAList() {
        assertMessage(() -> Given.file(directory, "- a\n")).contains("must hold names and values");
    }

    @Test
    void shouldSayThatAFileDoesNotExist() {
        final Path file = directory.resolve("none.yaml");
        assertMessage(() -> AppConfig.from(SettingSources.of(Optional.of(file), Map.of(), Map.of())))
                .contains("file " + file + ": does not exist");
    }

    @Test
    void shouldRefuseADedupWindowThatIsTooShortForAgeAndSkew() {
        assertErrors(Map.of("dedup-window", "1d", "admissible-age", "1d"))
                .contains("dedup-window = '1d' (flag --dedup-window), admissible-age = '1d' (flag --admissible-age), "
                        + "clock-skew = '5m' (default): dedup window PT24H must be at least");
    }

    @Test
    void shouldRefuseARetentionThatDoesNotExceedTheDedupWindow() {
        assertErrors(Map.of("usage-events-retention", "35d"))
                .contains(
                        "usage-events-retention = '35d' (flag --usage-events-retention)",
                        "must be longer than dedup window");
    }

    @Test
    void shouldRefuseATransactionTimeoutThatDoesNotExceedTheCommitInterval() {
        assertErrors(Map.of("commit-interval", "10s", "transaction-timeout", "10s"))
                .contains("transaction timeout 10s must be longer than commit interval 10s");
    }

    @Test
    void shouldRefuseOneTopicForTwoPurposes() {
        assertErrors(Map.of("topics.usage-events", "a", "topics.billing-usage", "a"))
                .contains("each must be a topic of its own, and 'a' is used twice");
    }

    @ParameterizedTest
    @CsvSource({
        "processing.guarantee, exactly-once",
        "enable.auto.commit, exactly-once",
        "consumer.isolation.level, exactly-once",
        "main.consumer.isolation.level, exactly-once",
        "producer.acks, exactly-once",
        "auto.offset.reset, events would be skipped",
        "ensure.explicit.internal.resource.naming, explicit names",
        "default.deserialization.exception.handler, never resumed past",
        "production.exception.handler, never resumed past",
        "application.id, application-id",
        "producer.transaction.timeout.ms, transaction-timeout",
        "topic.retention.ms, internal topic",
        "rocksdb.config.setter, rocksdb-memory"
    })
    void shouldRefuseRawSettingsThatAPromiseRestsOn(final String name, final String reason) {
        assertErrors(Map.of("kafka." + name, "x"))
                .contains("kafka." + name + " = 'x' (flag --kafka): cannot be set:")
                .contains(reason);
    }

    @Test
    void shouldNotShowASecretThatIsWrong() {
        assertErrors(Map.of("schema-registry-url", "http://user:hunter2@host", "kafka.sasl.jaas.confg.x", "hunter2"))
                .contains("//(not shown)@host")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldNotShowTheValueOfAMistypedSecret() {
        assertMessage(() -> Given.file(directory, "kafka-sasl.password: hunter2"))
                .contains("kafka-sasl.password = (not shown)")
                .doesNotContain("hunter2");
    }

    private static AbstractStringAssert<?> assertErrors(final Map<String, String> flags) {
        return assertMessage(() -> Given.flags(flags));
    }

    private static AbstractStringAssert<?> assertMessage(final Runnable load) {
        return assertThat(catchThrowableOfType(ConfigException.class, load::run).getMessage());
    }
}
