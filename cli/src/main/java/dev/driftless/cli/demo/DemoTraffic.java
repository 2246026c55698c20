package dev.driftless.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.driftless.cli.demo.DemoRecord.Tracked;
import dev.driftless.cli.demo.DemoRecord.Written;
import dev.driftless.cli.demo.EventBytes.Fields;
import dev.driftless.client.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import org.apache.kafka.common.utils.Utils;

/**
 * Sample traffic: mostly good events of skewed customers, and everything else that a billing pipeline gets to see.
 *
 * <p>Equal arguments give equal traffic. Which outcome an event has never hangs on the speed of the machine: copies of one
 * event take one way to one partition, and no event is within a minute of a limit of admission, as long as its publication
 * begins within a minute of {@code start}; the edges that it does try, of months and of effective intervals, are far from
 * now or judged by occurred-at alone. For use by one thread.
 */
final class DemoTraffic {
    private static final int REMEMBERED = 2_000;
    private static final Duration AGE = Duration.ofDays(25);
    private static final BigDecimal MOST = new BigDecimal("99999999999999999999999999999.999999999");
    /**
     * Features of which no event is taken back: their aggregation can't, or late events are rejected, and a void that
     * overtakes its event would decide about the outcome of a later copy.
     */
    private static final Set<String> TAKE_NOTHING_BACK = Set.of("peak_connections", "seats_assigned", "audit_exports");

    private static final BigDecimal LEAST_STEP = new BigDecimal("0.000000001");

    private final SplittableRandom random;
    private final int customers;
    private final int partitions;
    private final Instant start;
    private final EventBytes bytes;
    private final BetaFeature beta;
    private final List<Usage> sent = new ArrayList<>();
    private final List<Written> misplaced = new ArrayList<>();
    private final List<DemoRecord> voids = new ArrayList<>();
    /** What has to follow the record before. */
    private final Queue<DemoRecord> queued = new ArrayDeque<>();

    private Optional<Usage> full = Optional.empty();
    private long number;

    /**
     * Traffic.
     *
     * @param seed decides everything that is left to chance
     * @param customers how many customers there are
     * @param partitions how many partitions the topic of the events has
     * @param start the time from which events are counted back
     * @param bytes how bytes are written past the client
     * @param beta a feature with effective intervals relative to {@code start}
     */
    DemoTraffic(
            final long seed,
            final int customers,
            final int partitions,
            final Instant start,
            final EventBytes bytes,
            final BetaFeature beta) {
        this.random = new SplittableRandom(seed);
        this.customers = customers;
        this.partitions = partitions;
        this.start = requireNonNull(start);
        this.bytes = requireNonNull(bytes);
        this.beta = requireNonNull(beta);
    }

    /** The next record. */
    DemoRecord next() {
        number++;
        if (!queued.isEmpty()) {
            return queued.remove();
        }
        return switch (Kind.drawn(random)) {
            case GOOD -> remembered(good().build());
            case RETRY -> sent.isEmpty() ? remembered(good().build()) : new Tracked(anyOf(sent));
            case RETRY_STAMPED_ANEW -> copyOfSent(copy -> copy.occurredAt(someTime()));
            case OTHER_CONTENT -> copyOfSent(this::changed);
            case MISPLACED -> misplaced(good().build());
            case MISPLACED_RETRY -> misplaced.isEmpty() ? misplaced(good().build()) : anyOf(misplaced);
            case UNKNOWN_FEATURE -> tracked(good().feature("sms_messages"));
            case MALFORMED_FEATURE -> written(goodFields().withFeature(anyOf(Garbage.MALFORMED_CODES)));
            case NOT_IN_EFFECT -> tracked(good().feature(random.nextBoolean() ? "legacy_exports" : "video_minutes"));
            case TOO_OLD -> tracked(good().occurredAt(start.minus(Duration.ofDays(36L + random.nextInt(2_000)))));
            case IN_FUTURE -> tracked(good().occurredAt(start.plus(Duration.ofDays(1L + random.nextInt(20_000)))));
            case INVALID_FIELD -> written(anyOf(Garbage.INVALID).apply(goodFields()));
            case BEYOND_LIMIT -> tracked(beyondLimit());
            case WRONG_KEY -> wrongKey();
            case GARBAGE -> garbage();
            case EDGE_VALUE -> tracked(edgeValue());
            case EDGE_INSTANT -> tracked(edgeInstant());
            case OVERFLOW -> overflow();
            case VOID -> takenBack();
            case VOID_REPEATED -> voids.isEmpty() ? takenBack() : anyOf(voids);
            case VOID_AHEAD -> voidAhead();
            case VOID_REFUSED -> written(voidOf(goodFields().withFeature("peak_connections"), "nothing-" + number));
        };
    }

    private Usage.Builder good() {
        final Usage.Builder usage = Usage.builder()
                .customer(someCustomer())
                .idempotencyKey(key())
                .occurredAt(someTime())
                .property("region", random.nextBoolean() ? "eu" : "us");
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> usage.feature("storage_gb_hours").value(decimal(9, 5_000));
            case 3, 4 ->
                usage.feature("credits_adjusted").value(decimal(2, 2_000).subtract(BigDecimal.TEN));
            case 5, 6, 7, 8 -> usage.feature("tokens_generated").value(1L + random.nextInt(5_000));
            case 9, 10 ->
                usage.feature("inference_seconds")
                        .value(decimal(3, 30))
                        .property("model", anyOf(List.of("small", "large")));
            case 11 -> usage.feature("peak_connections").value(random.nextInt(1_000));
            case 12 -> usage.feature("seats_assigned").value(1L + random.nextInt(50));
            case 13, 14 -> usage.feature("active_users").property("user", "user-" + random.nextInt(40));
            case 15 -> usage.feature("audit_exports");
            default -> usage.feature("api_calls");
        };
    }

    /** The void of an event that was sent. It may overtake the event. */
    private DemoRecord takenBack() {
        final List<Usage> possible = sent.stream()
                .filter(usage -> !TAKE_NOTHING_BACK.contains(usage.feature()))
                .toList();
        if (possible.isEmpty()) {
            return remembered(good().build());
        }
        final Usage usage = anyOf(possible);
        final DemoRecord record = written(voidOf(Fields.of(usage), usage.idempotencyKey()));
        voids.add(record);
        return record;
    }

    /** A void, and behind it the event that it names. */
    private DemoRecord voidAhead() {
        final Fields fields = goodFields().withFeature("api_calls");
        queued.add(written(fields));
        return written(voidOf(fields, fields.key()));
    }

    private Fields voidOf(final Fields fields, final String voidedKey) {
        return fields.withKey("void-" + number)
                .withOccurredAt(someTime().toEpochMilli())
                .withKind("VOID", voidedKey);
    }

    private Fields goodFields() {
        return Fields.of(good().build());
    }

    private BigDecimal decimal(final int scale, final int bound) {
        final BigDecimal number = BigDecimal.valueOf(random.nextLong(1_000_000_000L * bound), 9);
        return number.setScale(scale, RoundingMode.DOWN);
    }

    /** Few customers have most of the usage. */
    private String someCustomer() {
        final double position = random.nextDouble();
        return customer((int) (position * position * customers));
    }

    static String customer(final int index) {
        return String.format(Locale.ROOT, "customer-%04d", index + 1);
    }

    private Instant someTime() {
        return start.minusMillis(60_000 + random.nextLong(AGE.toMillis()));
    }

    private String key() {
        return "event-" + Long.toString(number, Character.MAX_RADIX);
    }

    private <T> T anyOf(final List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static DemoRecord tracked(final Usage.Builder usage) {
        return new Tracked(usage.build());
    }

    private DemoRecord remembered(final Usage usage) {
        if (sent.size() < REMEMBERED) {
            sent.add(usage);
        } else {
            sent.set(random.nextInt(REMEMBERED), usage);
        }
        return new Tracked(usage);
    }

    private DemoRecord copyOfSent(final UnaryOperator<Usage.Builder> change) {
        return sent.isEmpty() ? remembered(good().build()) : tracked(change.apply(copyOf(anyOf(sent))));
    }

    private static Usage.Builder copyOf(final Usage usage) {
        return Usage.builder()
                .customer(usage.customer())
                .feature(usage.feature())
                .value(usage.value())
                .idempotencyKey(usage.idempotencyKey())
                .occurredAt(usage.occurredAt())
                .properties(usage.properties());
    }

    private Usage.Builder changed(final Usage.Builder copy) {
        return random.nextBoolean() ? copy.value(7_000_000) : copy.property("region", "elsewhere");
    }

    private DemoRecord misplaced(final Usage usage) {
        final byte[] customer = usage.customer().getBytes(UTF_8);
        final int home = Utils.toPositive(Utils.murmur2(customer)) % partitions;
        final int elsewhere = crc32(customer) == home ? (home + 1) % partitions : crc32(customer);
        final Written record =
                new Written(Optional.of(elsewhere), customer, bytes.event(Fields.of(usage)), elsewhere != home);
        misplaced.add(record);
        return record;
    }

    /** Where librdkafka, and so kcat and the clients of Python, Go and C#, puts a key unless told otherwise. */
    private int crc32(final byte[] key) {
        final CRC32 crc = new CRC32();
        crc.update(key);
        return (int) (crc.getValue() % partitions);
    }

    private static DemoRecord written(final byte[] key, final byte[] value) {
        return new Written(Optional.empty(), key, value, false);
    }

    private DemoRecord written(final Fields fields) {
        return written(fields.customer().getBytes(UTF_8), bytes.event(fields));
    }

    private DemoRecord wrongKey() {
        final Fields fields = goodFields();
        final byte[] key = random.nextBoolean() ? null : (fields.customer() + "-other").getBytes(UTF_8);
        return written(key, bytes.event(fields));
    }

    private DemoRecord garbage() {
        final Fields fields = goodFields();
        final byte[] key = fields.customer().getBytes(UTF_8);
        final int form = random.nextInt(Garbage.UNDECODABLE.size() + 1);
        return form == Garbage.UNDECODABLE.size()
                ? written(key, bytes.ofAnotherSchema(fields.feature()))
                : written(key, Garbage.UNDECODABLE.get(form).apply(bytes.event(fields), random));
    }

    private Usage.Builder beyondLimit() {
        final Usage.Builder usage = good();
        return switch (random.nextInt(5)) {
            case 0 -> usage.feature("tokens_generated").value(-1);
            case 1 -> usage.feature("tokens_generated").value("1.5");
            case 2 -> usage.feature("storage_gb_hours").value("1000000.000000001");
            case 3 -> usage.feature("active_users").properties(Map.of());
            default -> usage.feature("storage_gb_hours").value("-0.000000001");
        };
    }

    /** Admissible to the last digit and the last character. */
    private Usage.Builder edgeValue() {
        final Usage.Builder usage = good();
        return switch (random.nextInt(8)) {
            case 0 -> usage.feature("tokens_generated").value(0);
            case 1 -> usage.feature("storage_gb_hours").value("1000000");
            case 2 -> usage.feature("storage_gb_hours").value("0.000000001");
            case 3 -> usage.feature("credits_adjusted").value("-0.000000001");
            case 4 -> usage.feature("credits_adjusted").value(MOST).customer("edge-" + number);
            case 5 -> usage.feature("credits_adjusted").value(MOST.negate()).customer("edge-" + number);
            case 6 -> usage.customer("ü".repeat(200 - 3) + "€漢😀");
            default -> usage.idempotencyKey("😀".repeat(256 - key().length()) + key());
        };
    }

    /** On either side of the edges of months, of what is in effect, and of what is admitted. */
    private Usage.Builder edgeInstant() {
        final Usage.Builder usage = good();
        final Instant month = YearMonth.from(start.atOffset(ZoneOffset.UTC))
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
        return switch (random.nextInt(8)) {
            case 0 -> usage.occurredAt(month);
            case 1 -> usage.occurredAt(month.minusMillis(1));
            case 2 -> usage.feature(BetaFeature.CODE).occurredAt(beta.from());
            case 3 -> usage.feature(BetaFeature.CODE).occurredAt(beta.from().minusMillis(1));
            case 4 -> usage.feature(BetaFeature.CODE).occurredAt(beta.until());
            case 5 -> usage.feature(BetaFeature.CODE).occurredAt(beta.until().minusMillis(1));
            case 6 -> usage.occurredAt(start.plus(Duration.ofMinutes(3)));
            default -> usage.occurredAt(start.minus(Duration.ofDays(34)));
        };
    }

    /** By turns an event that fills an aggregate to the brim, and the one that makes it flow over. */
    private DemoRecord overflow() {
        final Usage.Builder usage = good().feature("credits_adjusted");
        final DemoRecord record = full.<DemoRecord>map(first -> tracked(usage.customer(first.customer())
                        .occurredAt(first.occurredAt())
                        .value(LEAST_STEP)))
                .orElseGet(() -> tracked(usage.customer("full-" + number).value(MOST)));
        full = full.isPresent() ? Optional.empty() : Optional.of(((Tracked) record).usage());
        return record;
    }
}
