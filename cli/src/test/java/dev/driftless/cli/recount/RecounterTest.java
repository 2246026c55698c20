package dev.driftless.cli.recount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.recount.FeatureTable.Definition;
import dev.driftless.cli.recount.FeatureTable.Stretch;
import dev.driftless.cli.recount.RecountSettings.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecounterTest {
    private static final int PARTITIONS = 4;
    private static final long NOW = Instant.parse("2026-11-15T12:00:00Z").toEpochMilli();
    private static final long MONTH = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final AggregateName ACME_CALLS = new AggregateName("acme", "api_calls", MONTH);
    private static final AggregateName ACME_GB = new AggregateName("acme", "storage_gb", MONTH);

    private final List<RawEvent> events = new ArrayList<>();
    private final Recounter recounter = new Recounter(features(), this::decoded, Window.DEFAULT, PARTITIONS);
    private long offset;

    private static FeatureTable features() {
        final FeatureTable features = new FeatureTable();
        final List<Stretch> always = List.of(new Stretch(0, Optional.empty()));
        features.put(
                new Definition("api_calls", Quantity.COUNT, "call", always, Optional.empty(), Optional.empty(), false));
        features.put(new Definition(
                "storage_gb",
                Quantity.SUM,
                "GB",
                always,
                Optional.of(new BigDecimal("-1e28")),
                Optional.empty(),
                false));
        features.put(new Definition(
                "seats", Quantity.SUM, "seat", always, Optional.empty(), Optional.of(BigDecimal.TEN), true));
        features.put(new Definition(
                "trials",
                Quantity.SUM,
                "trial",
                List.of(new Stretch(NOW - 1_000, Optional.of(NOW))),
                Optional.empty(),
                Optional.empty(),
                false));
        return features;
    }

    @Test
    void shouldCountEachEventOnceIntoItsAggregate() {
        accept(event("api_calls", "k1", "1"));
        accept(event("api_calls", "k2", "5"));
        accept(event("storage_gb", "k3", "0.1"));
        accept(event("storage_gb", "k4", "0.2"));

        final Expectation expected = recounter.finish();

        assertThat(expected.total()).isEqualTo(new Account(4, 0, Map.of(), 0, 0));
        assertThat(expected.aggregates().get(ACME_CALLS).quantity()).isEqualByComparingTo("2");
        assertThat(expected.aggregates().get(ACME_GB).quantity()).isEqualByComparingTo("0.3");
        assertThat(expected.aggregates().get(ACME_GB).events()).isEqualTo(2);
    }

    @Test
    void shouldDigestTheCountedKeysAsTheSchemaSays() throws NoSuchAlgorithmException {
        accept(event("api_calls", "k1", "1"));
        accept(event("api_calls", "k2", "1"));
        accept(event("api_calls", "k2", "1"));

        final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        final BigInteger one = new BigInteger(1, sha256.digest("\0\0\0\4acmek1".getBytes(UTF_8)));
        final BigInteger two = new BigInteger(1, sha256.digest("\0\0\0\4acmek2".getBytes(UTF_8)));
        assertThat(recounter.finish().aggregates().get(ACME_CALLS).digest())
                .isEqualTo(one.add(two).mod(BigInteger.TWO.pow(256)));
    }

    @Test
    void shouldTakeACopyForADuplicateWhateverItsTimeAndItsZeros() {
        accept(event("storage_gb", "k1", "1.5"));
        accept(at(event("storage_gb", "k1", "1.500"), MONTH - 1));

        final Expectation expected = recounter.finish();

        assertThat(expected.total()).isEqualTo(new Account(1, 1, Map.of(), 0, 0));
        assertThat(expected.aggregates()).containsOnlyKeys(ACME_GB);
        assertThat(expected.aggregates().get(ACME_GB).duplicates()).isEqualTo(1);
    }

    @Test
    void shouldTakeOtherContentUnderACountedKeyForAConflict() {
        accept(event("storage_gb", "k1", "1"));
        accept(event("storage_gb", "k1", "2"));

        assertThat(recounter.finish().total()).isEqualTo(rejectedBesideOneCounted("IDEMPOTENCY_CONFLICT"));
    }

    @Test
    void shouldNotTakeARejectedKeyForSeen() {
        accept(event("no_feature", "k1", "1"));
        accept(event("api_calls", "k1", "1"));

        assertThat(recounter.finish().total()).isEqualTo(rejectedBesideOneCounted("UNKNOWN_FEATURE"));
    }

    @Test
    void shouldForgetAKeyAfterTheDedupWindow() {
        final RawEvent event = event("storage_gb", "k1", "1");
        accept(event);
        final long later = NOW + Window.DEFAULT.dedup().toMillis();
        acceptAt(event, later);
        acceptAt(at(event, later), later + 1);

        assertThat(recounter.finish().total()).isEqualTo(new Account(2, 1, Map.of(), 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"no_feature, 1, UNKNOWN_FEATURE", "seats, 11, INVALID", "seats, 1.5, INVALID", "Bad Code, 1, INVALID"})
    void shouldRejectWhatTheCatalogDoesNotAdmit(final String feature, final String value, final String reason) {
        accept(event(feature, "k1", value));

        assertThat(recounter.finish().total()).isEqualTo(rejected(reason));
    }

    @ParameterizedTest
    @CsvSource({"-1001, FEATURE_NOT_IN_EFFECT", "-1000,", "-1,", "0, FEATURE_NOT_IN_EFFECT"})
    void shouldJudgeEffectiveIntervalsHalfOpenAtOccurredAt(final long relative, final String reason) {
        accept(at(event("trials", "k1", "1"), NOW + relative));

        assertThat(recounter.finish().total())
                .isEqualTo(reason == null ? new Account(1, 0, Map.of(), 0, 0) : rejected(reason));
    }

    @Test
    void shouldAdmitUpToBothLimitsOfTime() {
        final long skew = Duration.ofMinutes(5).toMillis();
        final long age = Window.DEFAULT.admissibleAge().toMillis();
        accept(at(event("api_calls", "k1", "1"), NOW + skew));
        accept(at(event("api_calls", "k2", "1"), NOW + skew + 1));
        accept(at(event("api_calls", "k3", "1"), NOW - age));
        accept(at(event("api_calls", "k4", "1"), NOW - age - 1));

        assertThat(recounter.finish().total())
                .isEqualTo(new Account(2, 0, Map.of("IN_FUTURE", 1L, "TOO_OLD", 1L), 0, 0));
    }

    @Test
    void shouldRejectWhatWouldMakeAnAggregateFlowOver() {
        accept(event("storage_gb", "k1", "99999999999999999999999999999.999999999"));
        accept(event("storage_gb", "k2", "0.000000001"));
        accept(event("storage_gb", "k3", "-1"));

        final Expectation expected = recounter.finish();

        assertThat(expected.total()).isEqualTo(new Account(2, 0, Map.of("OVERFLOW", 1L), 0, 0));
        assertThat(expected.aggregates().get(ACME_GB).quantity())
                .isEqualByComparingTo("99999999999999999999999999998.999999999");
    }

    @Test
    void shouldRejectBytesThatAreNoEventAndKeysThatAreNotTheCustomer() {
        final RawEvent event = event("api_calls", "k1", "1");
        recounter.accept(raw(home(event), "acme".getBytes(UTF_8), new byte[] {9}, NOW, false));
        recounter.accept(raw(home(event), "acme".getBytes(UTF_8), null, NOW, false));
        recounter.accept(raw(home(event), null, bytes(event), NOW, false));
        recounter.accept(raw(home(event), "other".getBytes(UTF_8), bytes(event), NOW, false));

        final Expectation expected = recounter.finish();

        assertThat(expected.total()).isEqualTo(new Account(0, 0, Map.of("UNDECODABLE", 2L, "KEY_MISMATCH", 2L), 0, 0));
        assertThat(expected.rejections()).hasSize(4);
    }

    @Test
    void shouldCountAMisplacedEventWhereItWasFoundAndWhereItBelongs() {
        final RawEvent event = event("api_calls", "k1", "1");
        final int elsewhere = (home(event) + 1) % PARTITIONS;
        recounter.accept(raw(elsewhere, "acme".getBytes(UTF_8), bytes(event), NOW, false));

        assertThat(recounter.finish().accounts())
                .containsOnly(
                        Map.entry(elsewhere, new Account(0, 0, Map.of(), 1, 0)),
                        Map.entry(home(event), new Account(1, 0, Map.of(), 0, 0)));
    }

    @Test
    void shouldCountTicksApart() {
        recounter.accept(raw(0, null, null, NOW, true));
        recounter.accept(raw(0, null, null, NOW, false));

        assertThat(recounter.finish().total()).isEqualTo(new Account(0, 0, Map.of("UNDECODABLE", 1L), 0, 1));
    }

    private static Account rejected(final String reason) {
        return new Account(0, 0, Map.of(reason, 1L), 0, 0);
    }

    private static Account rejectedBesideOneCounted(final String reason) {
        return new Account(1, 0, Map.of(reason, 1L), 0, 0);
    }

    private void accept(final RawEvent event) {
        acceptAt(event, NOW);
    }

    private void acceptAt(final RawEvent event, final long arrivedAt) {
        recounter.accept(raw(home(event), event.customer().getBytes(UTF_8), bytes(event), arrivedAt, false));
    }

    private RawRecord raw(
            final int partition, final byte[] key, final byte[] value, final long arrivedAt, final boolean isTick) {
        return new RawRecord(new SourcePosition(partition, offset++), arrivedAt, key, value, isTick);
    }

    /** Bytes that stand for an event: its index. */
    private byte[] bytes(final RawEvent event) {
        events.add(event);
        return new byte[] {0, (byte) (events.size() - 1)};
    }

    private Optional<RawEvent> decoded(final byte[] bytes) {
        return bytes == null || bytes[0] != 0 ? Optional.empty() : Optional.of(events.get(bytes[1]));
    }

    private static int home(final RawEvent event) {
        return Utils.toPositive(Utils.murmur2(event.customer().getBytes(UTF_8))) % PARTITIONS;
    }

    private static RawEvent event(final String feature, final String key, final String value) {
        return new RawEvent(
                "acme", feature, new BigDecimal(value), key, NOW, Map.of("region", "eu"), "USAGE", Optional.empty());
    }

    private static RawEvent at(final RawEvent event, final long occurredAt) {
        return new RawEvent(
                event.customer(),
                event.feature(),
                event.value(),
                event.key(),
                occurredAt,
                event.properties(),
                event.kind(),
                event.voidedKey());
    }
}
