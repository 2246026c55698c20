package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A seeded history of several months: customers in many zones, each aggregation and late policy, retries, conflicts, late
 * events, voids before and after their event and after the closing, subscriptions that change, more groups than are closed
 * at a time, bursts, and silences in which the application writes ticks. What it has written stands in {@link #log()}.
 */
final class BusyHistory {
    /** More than are closed at a time, together. */
    private static final int MANY_GROUPS = 510;

    private static final List<String> CUSTOMERS = List.of("acme", "beta", "cyan", "dune", "echo", "fuji");
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC");
    private static final List<PeriodInterval> INTERVALS =
            List.of(PeriodInterval.DAY, PeriodInterval.WEEK, PeriodInterval.MONTH);

    static final List<FeatureDefinition> CATALOG = List.of(
            TopologyBed.definition("gb", Aggregation.SUM).build(),
            TopologyBed.definition("calls", Aggregation.COUNT)
                    .setLatePolicy(LatePolicy.NEXT)
                    .build(),
            TopologyBed.definition("peak", Aggregation.MAX).build(),
            TopologyBed.definition("seats", Aggregation.LATEST)
                    .setLatePolicy(LatePolicy.REJECT)
                    .build(),
            TopologyBed.definition("users", Aggregation.UNIQUE)
                    .setUniqueProperty("user")
                    .build(),
            TopologyBed.definition("tokens", Aggregation.SUM)
                    .setGroupBy(List.of("model"))
                    .build());

    /** What stands in the log: a record of the usage events, or a row of the subscriptions. */
    sealed interface Entry {
        record Usage(TestRecord<byte[], byte[]> record) implements Entry {}

        record Row(Subscription subscription, Instant at) implements Entry {}
    }

    private final TopologyBed bed;
    private final Random random;
    private final List<Entry> log = new ArrayList<>();
    private final List<UsageEvent> sent = new ArrayList<>();
    private long keys;

    BusyHistory(final TopologyBed bed, final long seed) {
        this.bed = bed;
        this.random = new Random(seed);
    }

    List<Entry> log() {
        return List.copyOf(log);
    }

    long ticks() {
        return log.stream()
                .filter(entry ->
                        entry instanceof Entry.Usage usage && usage.record().key() == null)
                .count();
    }

    void run(final Duration length) {
        final Instant end = bed.brokerTime().plus(length);
        CUSTOMERS.forEach(this::subscribe);
        boolean isManyGroupsSent = false;
        while (bed.brokerTime().isBefore(end)) {
            something();
            if (!isManyGroupsSent && bed.brokerTime().isAfter(end.minus(length.dividedBy(2)))) {
                manyGroups();
                isManyGroupsSent = true;
            }
        }
        silence(Duration.ofHours(30));
    }

    private void something() {
        final int dice = random.nextInt(100);
        if (dice < 55) {
            publish(usage(randomPast(Duration.ofHours(2))));
            bed.pass(Duration.ofMillis(random.nextInt(4_000_000)));
        } else if (dice < 68) {
            publish(usage(randomPast(Duration.ofDays(34))));
            bed.pass(Duration.ofMillis(random.nextInt(600)));
        } else if (dice < 78) {
            publish(again(recent()));
            bed.pass(Duration.ofMillis(random.nextInt(600)));
        } else if (dice < 88) {
            publish(voidOf(recent()));
            bed.pass(Duration.ofMillis(random.nextInt(60_000)));
        } else if (dice < 92) {
            final UsageEvent event = usage(bed.brokerTime());
            publish(voidOf(event));
            publish(event);
        } else if (dice < 94) {
            publish(UsageEvent.newBuilder(recent())
                    .setValue(TopologyBed.decimal("77"))
                    .build());
        } else if (dice < 95) {
            subscribe(CUSTOMERS.get(random.nextInt(CUSTOMERS.size())));
        } else {
            silence(Duration.ofMinutes(1 + random.nextInt(3_000)));
        }
    }

    private void manyGroups() {
        for (int group = 0; group < MANY_GROUPS; group++) {
            for (final String customer : List.of("gaia", "hume")) {
                publish(TopologyBed.event("tokens", nextKey())
                        .setCustomerId(customer)
                        .setOccurredAt(bed.brokerTime())
                        .setProperties(Map.of("model", "m" + group))
                        .build());
            }
        }
        bed.pass(Duration.ofDays(31));
        for (int group = 0; group < MANY_GROUPS; group += 17) {
            publish(TopologyBed.event("tokens", nextKey())
                    .setCustomerId("hume")
                    .setOccurredAt(bed.brokerTime().minus(Duration.ofDays(31)))
                    .setProperties(Map.of("model", "m" + group))
                    .build());
        }
    }

    private UsageEvent usage(final Instant occurredAt) {
        final String feature = CATALOG.get(random.nextInt(CATALOG.size())).getCode();
        final UsageEvent event = TopologyBed.event(feature, nextKey())
                .setCustomerId(CUSTOMERS.get(random.nextInt(CUSTOMERS.size())))
                .setValue(TopologyBed.decimal(String.valueOf(random.nextInt(2_000) - 500))
                        .movePointLeft(2))
                .setOccurredAt(occurredAt)
                .setProperties(Map.of("user", "u" + random.nextInt(20), "model", "m" + random.nextInt(3)))
                .build();
        sent.add(event);
        return event;
    }

    private UsageEvent again(final UsageEvent event) {
        return random.nextBoolean()
                ? event
                : UsageEvent.newBuilder(event).setOccurredAt(bed.brokerTime()).build();
    }

    private UsageEvent voidOf(final UsageEvent event) {
        return UsageEvent.newBuilder(event)
                .setKind(UsageKind.VOID)
                .setVoidedKey(event.getIdempotencyKey())
                .setIdempotencyKey(nextKey())
                .setOccurredAt(bed.brokerTime())
                .build();
    }

    private UsageEvent recent() {
        if (sent.isEmpty()) {
            return usage(bed.brokerTime());
        }
        final int from = Math.max(0, sent.size() - 400);
        return sent.get(from + random.nextInt(sent.size() - from));
    }

    private Instant randomPast(final Duration most) {
        return bed.brokerTime().minusMillis((long) (random.nextDouble() * most.toMillis()));
    }

    private String nextKey() {
        return "k" + keys++;
    }

    private void publish(final UsageEvent event) {
        final TestRecord<byte[], byte[]> record = new TestRecord<>(
                event.getCustomerId().getBytes(UTF_8), bed.encode(event), new RecordHeaders(), bed.brokerTime());
        log.add(new Entry.Usage(record));
        bed.publish(record);
    }

    /** A new subscription of the customer, with a second term in a few days. */
    private void subscribe(final String customer) {
        final Subscription row = new Subscription(
                customer,
                1L,
                List.of(
                        term(Instant.parse("2020-01-01T00:00:00Z")),
                        term(bed.brokerTime().plus(Duration.ofHours(random.nextInt(400) - 50)))));
        log.add(new Entry.Row(row, bed.brokerTime()));
        bed.subscription(customer, row);
    }

    private SubscriptionTerm term(final Instant from) {
        return new SubscriptionTerm(
                from,
                INTERVALS.get(random.nextInt(INTERVALS.size())),
                "2025-01-" + (28 + random.nextInt(4)) + "T00:00",
                ZONES.get(random.nextInt(ZONES.size())));
    }

    /** Lets this machine's time pass; the application helps itself with ticks. */
    private void silence(final Duration length) {
        final int steps = 5;
        for (int step = 0; step < steps; step++) {
            bed.idle(length.dividedBy(steps));
            bed.ticks().forEach(tick -> log.add(new Entry.Usage(tick)));
        }
        bed.pass(length);
    }
}
