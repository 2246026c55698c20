package dev.driftless.streams.topology;

import static dev.driftless.streams.topology.TopologyBed.decimal;
import static dev.driftless.streams.topology.TopologyBed.definition;
import static dev.driftless.streams.topology.TopologyBed.event;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.counting.ClosingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A random course of things, told to the application and to the model alike: few customers and keys, so that retries and
 * conflicts are common, and times with a taste for bounds: of the dedup window, of admission, of the emission interval and
 * of months.
 */
final class RandomHistory {
    /** Closing is the subject of other tests. */
    private static final ClosingRules NO_CLOSING = new ClosingRules(Duration.ofDays(36_500), LatePolicy.AMEND, 1_000);

    private static final String[] FEATURES = {"total", "calls", "peak", "seats", "limited", "ended", "ghost"};
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
    private static final Duration MILLI = Duration.ofMillis(1);

    private final SplittableRandom random;
    private final List<UsageEvent> sent = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final TopologySettings settings;
    private final int partitions;
    private long revision = 1;

    RandomHistory(final long seed) {
        random = new SplittableRandom(seed);
        settings = randomSettings();
        partitions = random.nextInt(1, 4);
        told.add("settings " + settings + ", partitions " + partitions);
    }

    TopologySettings settings() {
        return settings;
    }

    int partitions() {
        return partitions;
    }

    /** Tells the whole history, and at last lets go out what is held. */
    void tell(final int records, final TopologyBed bed, final NaivePipeline model) {
        define(bed, model, definition("total", Aggregation.SUM).build());
        define(bed, model, definition("calls", Aggregation.COUNT).build());
        define(bed, model, definition("peak", Aggregation.MAX).build());
        define(bed, model, definition("seats", Aggregation.LATEST).build());
        define(bed, model, limited());
        define(bed, model, ended());
        for (int i = 0; i < records; i++) {
            bed.pass(step(bed.brokerTime(), model));
            tellOne(bed, model);
        }
        bed.pass(settings.emissionInterval());
        tick(bed, model);
    }

    private void tellOne(final TopologyBed bed, final NaivePipeline model) {
        switch (random.nextInt(40)) {
            case 0 -> tick(bed, model);
            case 1 -> garbage(bed, model);
            case 2 -> redefine(bed, model);
            case 3 -> usage(bed, model, anyCustomer(), newEvent(bed.brokerTime()));
            case 4 -> {
                final UsageEvent.Builder broken = newEvent(bed.brokerTime());
                usage(bed, model, broken.getCustomerId(), breakARule(broken));
            }
            default -> {
                final UsageEvent.Builder event =
                        !sent.isEmpty() && random.nextInt(5) < 2 ? retry(bed.brokerTime()) : newEvent(bed.brokerTime());
                usage(bed, model, event.getCustomerId(), event);
            }
        }
    }

    private void usage(
            final TopologyBed bed,
            final NaivePipeline model,
            final String recordKey,
            final UsageEvent.Builder builder) {
        final UsageEvent event = builder.build();
        told.add(bed.brokerTime() + " key " + recordKey + " " + event);
        sent.add(event);
        bed.publish(recordKey.getBytes(UTF_8), bed.encode(event));
        model.usage(bed.brokerTime(), recordKey, event);
    }

    private void tick(final TopologyBed bed, final NaivePipeline model) {
        told.add(bed.brokerTime() + " tick");
        bed.tick();
        model.tick(bed.brokerTime());
    }

    private void garbage(final TopologyBed bed, final NaivePipeline model) {
        told.add(bed.brokerTime() + " garbage");
        bed.publish(anyCustomer().getBytes(UTF_8), new byte[random.nextInt(10)]);
        model.garbage(bed.brokerTime());
    }

    private void define(final TopologyBed bed, final NaivePipeline model, final FeatureDefinition definition) {
        told.add(bed.brokerTime() + " definition " + definition);
        bed.feature(definition);
        model.define(definition);
    }

    /** A definition changes: limits, effect and revision do, an aggregate's way of counting is fixed all the same. */
    private void redefine(final TopologyBed bed, final NaivePipeline model) {
        revision++;
        final Aggregation aggregation = new Aggregation[] {
                    Aggregation.SUM, Aggregation.COUNT, Aggregation.MAX, Aggregation.LATEST
                }
                [random.nextInt(4)];
        final FeatureDefinition.Builder changed = definition(FEATURES[random.nextInt(FEATURES.length)], aggregation)
                .setRevision(revision);
        if (random.nextBoolean()) {
            changed.setEffective(List.of(
                    new EffectiveInterval(Instant.EPOCH, bed.brokerTime()),
                    new EffectiveInterval(bed.brokerTime().plusSeconds(60), null)));
        }
        if (random.nextInt(4) == 0) {
            changed.setMaximum(decimal("2"));
        }
        define(bed, model, changed.build());
    }

    private static FeatureDefinition limited() {
        return definition("limited", Aggregation.SUM)
                .setMinimum(decimal("0"))
                .setMaximum(decimal("2.5"))
                .setWholeNumbers(true)
                .build();
    }

    private static FeatureDefinition ended() {
        return definition("ended", Aggregation.SUM)
                .setEffective(List.of(new EffectiveInterval(
                        Instant.parse("2026-01-01T00:00:00Z"), TopologyBed.START.plus(Duration.ofDays(1)))))
                .build();
    }

    private UsageEvent.Builder newEvent(final Instant now) {
        return event(FEATURES[random.nextInt(FEATURES.length)], "k" + random.nextInt(12))
                .setCustomerId(anyCustomer())
                .setValue(decimal(VALUES[random.nextInt(VALUES.length)]))
                .setOccurredAt(occurredAt(now))
                .setProperties(random.nextInt(5) == 0 ? Map.of("region", "eu") : Map.of());
    }

    /** An event sent before, as it was or stamped anew; now and then its content is another. */
    private UsageEvent.Builder retry(final Instant now) {
        final UsageEvent.Builder again = UsageEvent.newBuilder(sent.get(random.nextInt(sent.size())));
        if (random.nextBoolean()) {
            again.setOccurredAt(occurredAt(now));
        }
        return random.nextInt(10) == 0 ? again.setValue(decimal("7")) : again;
    }

    private UsageEvent.Builder breakARule(final UsageEvent.Builder event) {
        return random.nextBoolean() ? event.setFeature("Not a code") : event.setIdempotencyKey("");
    }

    private String anyCustomer() {
        return "customer-" + random.nextInt(4);
    }

    private Instant occurredAt(final Instant now) {
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

    private Duration step(final Instant now, final NaivePipeline model) {
        return switch (random.nextInt(20)) {
            case 0 ->
                Duration.ofMillis(
                        random.nextLong(settings.window().dedupWindow().toMillis() * 2));
            case 1 ->
                Duration.ofMillis(
                        random.nextLong(settings.window().dedupWindow().toMillis()));
            case 2 -> toTheEndOfTheWindow(now, model);
            case 3 ->
                Duration.between(now, startOfMonth(now.plus(Duration.ofDays(31))))
                        .plusMillis(random.nextInt(0, 2));
            case 4, 5 -> settings.emissionInterval();
            case 6 ->
                settings.emissionInterval().isZero()
                        ? MILLI
                        : settings.emissionInterval().minus(MILLI);
            case 7, 8, 9 -> Duration.ZERO;
            case 10, 11 -> Duration.ofMillis(random.nextLong(60_000));
            default -> Duration.ofMillis(random.nextLong(600));
        };
    }

    private Duration toTheEndOfTheWindow(final Instant now, final NaivePipeline model) {
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

    private TopologySettings randomSettings() {
        final Duration age =
                new Duration[] {Duration.ofHours(1), Duration.ofDays(2), Duration.ofDays(35)}[random.nextInt(3)];
        final Duration skew = Duration.ofMinutes(random.nextInt(6));
        final Duration spare = Duration.ofMillis(random.nextInt(3));
        final Duration interval =
                new Duration[] {Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(1)}[random.nextInt(3)];
        return new TopologySettings(
                new AdmissionWindow(age.plus(skew).plus(spare), age, skew),
                random.nextInt(1, 6),
                Optional.empty(),
                NO_CLOSING,
                interval,
                Duration.ofMillis(500));
    }

    @Override
    public String toString() {
        return String.join("\n", told);
    }
}
