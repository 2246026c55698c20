package dev.driftless.cli.recount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.recount.FeatureTable.Definition;
import dev.driftless.cli.recount.FeatureTable.Stretch;
import dev.driftless.cli.recount.RecountSettings.Closing;
import dev.driftless.cli.recount.RecountSettings.Window;
import dev.driftless.cli.recount.SubscriptionTable.Term;
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
    private final SubscriptionTable subscriptions = new SubscriptionTable();
    private final AggregateTable aggregates = new AggregateTable(subscriptions, Closing.DEFAULT);
    private final Recounter recounter =
            new Recounter(this::decoded, aggregates, new Judge(features(), aggregates, Window.DEFAULT), PARTITIONS);
    private long offset;

    private static FeatureTable features() {
        final FeatureTable features = new FeatureTable();
        final List<Stretch> always = List.of(new Stretch(0, Optional.empty()));
        features.put(definition("api_calls", Quantity.COUNT, always));
        features.put(
                definition("storage_gb", Quantity.SUM, always, Optional.of(new BigDecimal("-1e28")), Optional.empty()));
        features.put(new Definition(
                "seats",
                Quantity.SUM,
                "seat",
                always,
                Optional.empty(),
                Optional.of(BigDecimal.TEN),
                true,
                List.of(),
                Optional.empty(),
                Optional.empty()));
        features.put(definition("trials", Quantity.SUM, List.of(new Stretch(NOW - 1_000, Optional.of(NOW)))));
        features.put(definition("peak", Quantity.MAX, always));
        features.put(definition("level", Quantity.LATEST, always));
        features.put(counted("users", Quantity.UNIQUE, List.of(), Optional.of("user"), Optional.empty()));
        features.put(counted("tokens", Quantity.SUM, List.of("region"), Optional.empty(), Optional.empty()));
        features.put(counted("carried", Quantity.SUM, List.of(), Optional.empty(), Optional.of("NEXT")));
        features.put(counted("sealed", Quantity.SUM, List.of(), Optional.empty(), Optional.of("REJECT")));
        return features;
    }

    private static Definition definition(final String code, final Quantity quantity, final List<Stretch> effective) {
        return definition(code, quantity, effective, Optional.empty(), Optional.empty());
    }

    private static Definition definition(
            final String code,
            final Quantity quantity,
            final List<Stretch> effective,
            final Optional<BigDecimal> minimum,
            final Optional<BigDecimal> maximum) {
        return new Definition(
                code,
                quantity,
                "unit",
                effective,
                minimum,
                maximum,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Definition counted(
            final String code,
            final Quantity quantity,
            final List<String> groupBy,
            final Optional<String> uniqueProperty,
            final Optional<String> latePolicy) {
        return new Definition(
                code,
                quantity,
                "unit",
                List.of(new Stretch(0, Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                false,
                groupBy,
                uniqueProperty,
                latePolicy);
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

    @Test
    void shouldTakeTheLargestTheLatestAndTheDistinctValues() {
        accept(event("peak", "p1", "-5"));
        accept(event("peak", "p2", "-7"));
        accept(at(event("level", "l1", "3"), NOW - 1));
        accept(at(event("level", "l2", "9"), NOW - 2));
        accept(with(event("users", "u1", "1"), "user", "ann"));
        accept(with(event("users", "u2", "1"), "user", "bea"));
        accept(with(event("users", "u3", "1"), "user", "ann"));
        accept(event("users", "u4", "1"));

        final Expectation expected = recounter.finish();

        assertThat(expected.total()).isEqualTo(new Account(7, 0, Map.of("INVALID", 1L), 0, 0));
        assertThat(quantity(expected, "peak", MONTH)).isEqualByComparingTo("-5");
        assertThat(quantity(expected, "level", MONTH)).isEqualByComparingTo("3");
        assertThat(quantity(expected, "users", MONTH)).isEqualByComparingTo("2");
    }

    @Test
    void shouldCountEachGroupApart() {
        accept(event("tokens", "k1", "1"));
        accept(with(event("tokens", "k2", "2"), "region", "us"));
        accept(with(event("tokens", "k3", "4"), "user", "ann"));

        assertThat(recounter.finish().aggregates()).containsOnlyKeys(group("eu"), group("us"), group(""));
    }

    @Test
    void shouldAmendCarryOverOrRejectWhatComesAfterTheClosing() {
        final long october = Instant.parse("2026-10-01T00:00:00Z").toEpochMilli();
        final long closed = MONTH + Closing.DEFAULT.grace().toMillis();
        acceptAt(at(event("storage_gb", "k1", "1"), MONTH - 1), closed - 1);
        acceptAt(at(event("storage_gb", "k2", "2"), MONTH - 1), closed);
        acceptAt(at(event("carried", "k3", "4"), MONTH - 1), closed);
        acceptAt(at(event("sealed", "k4", "8"), MONTH - 1), closed);

        final Expectation expected = recounter.finish();

        assertThat(expected.total()).isEqualTo(new Account(3, 0, Map.of("PERIOD_CLOSED", 1L), 0, 0));
        final ExpectedAggregate amended = expected.aggregates().get(new AggregateName("acme", "storage_gb", october));
        assertThat(amended.quantity()).isEqualByComparingTo("3");
        assertThat(amended.status()).isEqualTo("AMENDED");
        assertThat(amended.late()).isEqualTo(1);
        final ExpectedAggregate carried = expected.aggregates().get(new AggregateName("acme", "carried", MONTH));
        assertThat(carried.status()).isEqualTo("OPEN");
        assertThat(carried.late()).isEqualTo(1);
    }

    @Test
    void shouldTakeBackWhatAVoidNamesBeforeOrAfterIt() {
        accept(event("storage_gb", "k1", "2.5"));
        accept(event("storage_gb", "k2", "4"));
        accept(voidOf(event("storage_gb", "v1", "1"), "k1"));
        accept(voidOf(event("storage_gb", "v1", "1"), "k1"));
        accept(voidOf(event("storage_gb", "v2", "1"), "k1"));
        accept(voidOf(event("storage_gb", "v3", "1"), "k3"));
        accept(event("storage_gb", "k3", "100"));
        accept(voidOf(event("storage_gb", "v4", "1"), "v1"));
        accept(voidOf(event("peak", "v5", "1"), "k9"));
        accept(voidOf(event("api_calls", "v6", "1"), "k2"));

        final Expectation expected = recounter.finish();

        assertThat(expected.total()).isEqualTo(new Account(5, 2, Map.of("INVALID", 3L), 0, 0));
        assertThat(quantity(expected, "storage_gb", MONTH)).isEqualByComparingTo("4");
        assertThat(expected.aggregates().get(ACME_GB).voids()).isEqualTo(2);
        assertThat(expected.aggregates().get(ACME_GB).events()).isEqualTo(1);
    }

    @Test
    void shouldPlaceEventsByTheTermThatHoldsThem() {
        final long change = Instant.parse("2026-11-10T05:00:00Z").toEpochMilli();
        subscriptions.put(
                "acme",
                List.of(
                        new Term(0, Cut.of("MONTH", "2026-01-31T00:00", "Europe/Berlin")),
                        new Term(change, Cut.of("WEEK", "2026-11-11T00:00", "America/New_York"))));
        accept(at(
                event("storage_gb", "k1", "1"),
                Instant.parse("2026-10-30T23:00:00Z").toEpochMilli()));
        accept(at(event("storage_gb", "k2", "2"), change - 1));
        accept(at(event("storage_gb", "k3", "4"), change));
        accept(at(
                event("storage_gb", "k4", "8"),
                Instant.parse("2026-11-11T05:00:00Z").toEpochMilli()));

        final Map<AggregateName, ExpectedAggregate> expected =
                recounter.finish().aggregates();

        assertThat(expected.keySet())
                .extracting(name -> Instant.ofEpochMilli(name.periodStart()).toString())
                .containsExactlyInAnyOrder("2026-10-30T23:00:00Z", "2026-11-10T05:00:00Z", "2026-11-11T05:00:00Z");
    }

    private static BigDecimal quantity(final Expectation expected, final String feature, final long periodStart) {
        return expected.aggregates()
                .get(new AggregateName("acme", feature, periodStart))
                .quantity();
    }

    private static AggregateName group(final String region) {
        return new AggregateName("acme", "tokens", MONTH, Map.of("region", region));
    }

    private static RawEvent with(final RawEvent event, final String property, final String value) {
        return new RawEvent(
                event.customer(),
                event.feature(),
                event.value(),
                event.key(),
                event.occurredAt(),
                Map.of(property, value),
                event.kind(),
                event.voidedKey());
    }

    private static RawEvent voidOf(final RawEvent event, final String key) {
        return new RawEvent(
                event.customer(),
                event.feature(),
                event.value(),
                event.key(),
                event.occurredAt(),
                event.properties(),
                "VOID",
                Optional.of(key));
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
