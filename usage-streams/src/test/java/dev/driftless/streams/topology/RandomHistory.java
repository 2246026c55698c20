package dev.driftless.streams.topology;

import static dev.driftless.streams.topology.TopologyBed.decimal;
import static dev.driftless.streams.topology.TopologyBed.definition;
import static dev.driftless.streams.topology.TopologyBed.event;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.counting.ClosingRules;
import dev.driftless.streams.topology.HistoryStep.Define;
import dev.driftless.streams.topology.HistoryStep.Garbage;
import dev.driftless.streams.topology.HistoryStep.Restart;
import dev.driftless.streams.topology.HistoryStep.Subscribe;
import dev.driftless.streams.topology.HistoryStep.Tick;
import dev.driftless.streams.topology.HistoryStep.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes up a course of things: few customers and keys, so that retries, conflicts and voids are common, and times with a
 * taste for bounds: of the dedup window, of admission, of the emission interval, of months and of their closing. The brokers' clock steps back now and then, and the application is restarted.
 */
final class RandomHistory {
    private static final String[] FEATURES = {
        "total", "calls", "peak", "seats", "limited", "ended", "users", "grouped", "carried", "sealed", "ghost"
    };
    /** Those whose aggregation a change of the catalog may change. */
    private static final int REDEFINED = 6;

    private static final String[] VALUES = {
        "1",
        "1",
        "2.5",
        "-3",
        "0",
        "0.000000001",
        "99999999999999999999999999999.999999999",
        "-99999999999999999999999999999.999999999",
        "60000000000000000000000000000"
    };
    private static final String[] ZONES = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"
    };
    private static final List<LatePolicy> LATE_POLICIES = List.of(LatePolicy.values());
    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final SplittableRandom random;
    private final TopologySettings settings;
    private final Instant start;
    private final String customers;
    private final NaivePipeline model;
    private final List<HistoryStep> steps = new ArrayList<>();
    private final List<UsageEvent> sent = new ArrayList<>();
    private final Map<String, List<SubscriptionTerm>> terms = new HashMap<>();
    private Instant now;
    private long revision = 1;

    private RandomHistory(
            final SplittableRandom random,
            final TopologySettings settings,
            final NaivePipeline model,
            final Instant start,
            final String customers) {
        this.random = random;
        this.settings = settings;
        this.model = model;
        this.start = start;
        this.now = start;
        this.customers = customers;
    }

    /**
     * An episode with a number of records; at last goes out what is held.
     *
     * @param random makes it up
     * @param settings the application's
     * @param partitions how many partitions the topics have
     * @param model what is told of it
     * @param start when it starts
     * @param customers how its customers' ids start, and no others do
     */
    static History of(
            final SplittableRandom random,
            final TopologySettings settings,
            final int partitions,
            final NaivePipeline model,
            final Instant start,
            final String customers,
            final int records) {
        final RandomHistory history = new RandomHistory(random, settings, model, start, customers);
        history.makeUp(records);
        return new History(settings, partitions, history.steps);
    }

    private void makeUp(final int records) {
        define(definition("total", Aggregation.SUM));
        define(definition("calls", Aggregation.COUNT));
        define(definition("peak", Aggregation.MAX));
        define(definition("seats", Aggregation.LATEST));
        define(limited());
        define(ended(start));
        define(definition("users", Aggregation.UNIQUE).setUniqueProperty("user"));
        define(definition("grouped", Aggregation.SUM).setGroupBy(List.of("region")));
        define(definition("carried", Aggregation.SUM).setLatePolicy(LatePolicy.NEXT));
        define(definition("sealed", Aggregation.SUM).setLatePolicy(LatePolicy.REJECT));
        for (int i = 0; i < records; i++) {
            now = now.plus(pause());
            addOne();
        }
        now = (now.isAfter(model.clock()) ? now : model.clock()).plus(settings.emissionInterval());
        add(new Tick(now));
    }

    private void add(final HistoryStep step) {
        step.tell(model);
        steps.add(step);
    }

    private void addOne() {
        switch (random.nextInt(40)) {
            case 0 -> add(new Tick(now));
            case 1 -> add(new Garbage(now, anyCustomer(), random.nextInt(10)));
            case 2 -> redefine();
            case 3 -> add(new Usage(now, anyCustomer(), newEvent().build()));
            case 4 -> publish(breakARule(newEvent()));
            case 5 -> subscribe();
            case 6, 7, 8 -> publish(takeBack());
            case 9 -> restartNowAndThen();
            default -> publish(!sent.isEmpty() && random.nextInt(5) < 2 ? retry() : newEvent());
        }
    }

    private void restartNowAndThen() {
        if (random.nextInt(10) == 0) {
            add(new Restart(now));
        }
        publish(newEvent());
    }

    private void publish(final UsageEvent.Builder builder) {
        final UsageEvent event = builder.build();
        sent.add(event);
        add(new Usage(now, event.getCustomerId(), event));
    }

    private void define(final FeatureDefinition.Builder definition) {
        add(new Define(now, definition.build()));
    }

    /** A definition changes: limits, effect and revision do, an aggregate's way of counting is fixed all the same. */
    private void redefine() {
        revision++;
        final Aggregation aggregation = new Aggregation[] {
                    Aggregation.SUM, Aggregation.COUNT, Aggregation.MAX, Aggregation.LATEST
                }
                [random.nextInt(4)];
        final FeatureDefinition.Builder changed =
                definition(FEATURES[random.nextInt(REDEFINED)], aggregation).setRevision(revision);
        if (random.nextBoolean()) {
            changed.setEffective(List.of(
                    new EffectiveInterval(Instant.EPOCH, now), new EffectiveInterval(now.plusSeconds(60), null)));
        }
        if (random.nextInt(4) == 0) {
            changed.setMaximum(decimal("2"));
        }
        if (random.nextInt(3) == 0) {
            changed.setLatePolicy(anyOf(LatePolicy.values()));
        }
        define(changed);
    }

    /** A term more, now and then one that should have come earlier; or no subscription any more. */
    private void subscribe() {
        final String customer = anyCustomer();
        final List<SubscriptionTerm> known = terms.computeIfAbsent(customer, absent -> new ArrayList<>());
        if (random.nextInt(8) == 0) {
            known.clear();
            add(new Subscribe(now, customer, Optional.empty()));
            return;
        }
        final Instant from = now.plusMillis(
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> random.nextLong(Duration.ofDays(40).toMillis());
                    case 2 -> -random.nextLong(Duration.ofDays(3).toMillis());
                    default -> random.nextLong(Duration.ofHours(2).toMillis());
                });
        known.removeIf(term -> !term.getEffectiveFrom().isBefore(from));
        known.add(new SubscriptionTerm(
                from,
                anyOf(PeriodInterval.values()),
                random.nextBoolean() ? "2026-01-31T00:00" : "2024-02-29T02:30",
                anyOf(ZONES)));
        add(new Subscribe(now, customer, Optional.of(new Subscription(customer, revision, List.copyOf(known)))));
    }

    private static FeatureDefinition.Builder limited() {
        return definition("limited", Aggregation.SUM)
                .setMinimum(decimal("0"))
                .setMaximum(decimal("2.5"))
                .setWholeNumbers(true);
    }

    private static FeatureDefinition.Builder ended(final Instant start) {
        return definition("ended", Aggregation.SUM)
                .setEffective(List.of(
                        new EffectiveInterval(Instant.parse("2026-01-01T00:00:00Z"), start.plus(Duration.ofDays(1)))));
    }

    private UsageEvent.Builder newEvent() {
        return event(anyOf(FEATURES), anyKey())
                .setCustomerId(anyCustomer())
                .setValue(decimal(anyOf(VALUES)))
                .setOccurredAt(occurredAt())
                .setProperties(properties());
    }

    private Map<String, String> properties() {
        return switch (random.nextInt(6)) {
            case 0 -> Map.of();
            case 1 -> Map.of("region", "eu");
            case 2 -> Map.of("region", "us", "user", "ann");
            case 3 -> Map.of("user", "bea");
            default -> Map.of("user", "ann");
        };
    }

    /** The void of an event sent before, or of one that may come yet; now and then with other content. */
    private UsageEvent.Builder takeBack() {
        final UsageEvent.Builder event =
                sent.isEmpty() || random.nextInt(4) == 0 ? newEvent() : UsageEvent.newBuilder(anySent());
        final String voidedKey = event.getKind() == UsageKind.VOID ? event.getVoidedKey() : event.getIdempotencyKey();
        return event.setIdempotencyKey(random.nextInt(20) == 0 ? voidedKey : "v" + anyKey())
                .setOccurredAt(occurredAt())
                .setKind(UsageKind.VOID)
                .setVoidedKey(random.nextInt(20) == 0 ? "v" + anyKey() : voidedKey)
                .setProperties(random.nextInt(10) == 0 ? properties() : event.getProperties());
    }

    /** An event sent before, as it was or stamped anew; now and then its content is another. */
    private UsageEvent.Builder retry() {
        final UsageEvent.Builder again = UsageEvent.newBuilder(anySent());
        if (random.nextBoolean()) {
            again.setOccurredAt(occurredAt());
        }
        return random.nextInt(10) == 0 ? again.setValue(decimal("7")) : again;
    }

    private UsageEvent anySent() {
        return sent.get(random.nextInt(sent.size()));
    }

    private UsageEvent.Builder breakARule(final UsageEvent.Builder event) {
        return random.nextBoolean() ? event.setFeature("Not a code") : event.setIdempotencyKey("");
    }

    private <T> T anyOf(final T[] all) {
        return all[random.nextInt(all.length)];
    }

    private String anyCustomer() {
        return customers + random.nextInt(4);
    }

    private String anyKey() {
        return "k" + random.nextInt(12);
    }

    private Instant occurredAt() {
        final AdmissionWindow window = settings.window();
        final Duration off = Duration.ofMillis(random.nextInt(-1, 2));
        return switch (random.nextInt(8)) {
            case 0 -> now.minus(window.admissibleAge()).plus(off);
            case 1 -> now.plus(window.clockSkew()).plus(off);
            case 2 -> startOfMonth(now).plus(off);
            case 3 -> now.minusMillis(random.nextLong(window.admissibleAge().toMillis()));
            default -> now.minusMillis(random.nextLong(2_000));
        };
    }

    private Duration pause() {
        return switch (random.nextInt(20)) {
            case 0 ->
                Duration.ofMillis(
                        random.nextLong(settings.window().dedupWindow().toMillis() * 2));
            case 1 ->
                Duration.ofMillis(
                        random.nextLong(settings.window().dedupWindow().toMillis()));
            case 2 -> toTheEndOfTheWindow();
            case 3 -> toTheNextMonth().plusMillis(random.nextInt(0, 2));
            case 4 -> toTheNextMonth().plus(graceThatPasses()).minusMillis(random.nextInt(0, 2));
            case 5 -> settings.emissionInterval();
            case 6 ->
                settings.emissionInterval().isZero()
                        ? MILLI
                        : settings.emissionInterval().minus(MILLI);
            case 7, 8 -> Duration.ZERO;
            case 9 -> Duration.ofMillis(-random.nextLong(random.nextBoolean() ? 2_000 : 100_000_000));
            case 10, 11 -> Duration.ofMillis(random.nextLong(60_000));
            default -> Duration.ofMillis(random.nextLong(600));
        };
    }

    /** A century seldom does. */
    private Duration graceThatPasses() {
        final Duration grace = settings.closing().grace();
        return grace.compareTo(A_YEAR) < 0 || random.nextInt(15) == 0 ? grace : Duration.ZERO;
    }

    private Duration toTheNextMonth() {
        return Duration.between(now, startOfMonth(startOfMonth(now).plus(Duration.ofDays(32))));
    }

    private Duration toTheEndOfTheWindow() {
        final Duration left = model.lastCountedAt()
                .map(counted ->
                        Duration.between(now, counted.plus(settings.window().dedupWindow())))
                .orElse(Duration.ZERO);
        return left.isNegative() ? MILLI : left.plusMillis(random.nextInt(0, 2));
    }

    private static Instant startOfMonth(final Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC)
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    static TopologySettings settings(final SplittableRandom random) {
        final Duration age =
                new Duration[] {Duration.ofHours(1), Duration.ofDays(2), Duration.ofDays(35)}[random.nextInt(3)];
        final Duration skew = Duration.ofMinutes(random.nextInt(6));
        final Duration spare = Duration.ofMillis(random.nextInt(3));
        final Duration interval =
                new Duration[] {Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(1)}[random.nextInt(3)];
        final Duration grace = new Duration[] {
                    Duration.ZERO, Duration.ofHours(1), Duration.ofDays(3), Duration.ofDays(36_500)
                }
                [random.nextInt(4)];
        return new TopologySettings(
                new AdmissionWindow(age.plus(skew).plus(spare), age, skew),
                random.nextInt(1, 6),
                Optional.empty(),
                new ClosingRules(grace, LATE_POLICIES.get(random.nextInt(LATE_POLICIES.size())), random.nextInt(1, 4)),
                interval,
                Duration.ofMillis(500));
    }
}
