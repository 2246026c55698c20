package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.PartitionAccount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * The contract once more, written down as it reads: plain lists and maps, and for each event a walk over all that was
 * counted before. It shares the schemas and the account's type with the application, and no rule.
 */
final class NaivePipeline {
    private static final BigDecimal LIMIT = new BigDecimal("1e29");

    /** One record of the billing topic. */
    record Billed(
            String customer,
            String feature,
            Instant periodStart,
            long revision,
            BigDecimal quantity,
            long events,
            long duplicates,
            Instant firstOccurredAt,
            Instant lastOccurredAt,
            BigInteger digest,
            long readTo,
            long catalogRevision,
            Aggregation aggregation) {
        String key() {
            return customer + "/" + feature + "/" + periodStart;
        }
    }

    /** What was counted. */
    private record Count(UsageEvent event, Instant countedAt, String aggregate) {}

    /** One aggregate, and when it was emitted last. */
    private static final class Total {
        private final FeatureDefinition opened;
        private final Instant periodStart;
        private final List<UsageEvent> events = new ArrayList<>();
        private long duplicates;
        private long catalogRevision;
        private long movedBy;
        private long revision;
        private Instant emittedAt;
        private boolean isHeld;

        Total(final FeatureDefinition opened, final Instant periodStart) {
            this.opened = opened;
            this.periodStart = periodStart;
        }
    }

    private final TopologySettings settings;
    private final int partitions;
    private final Map<String, FeatureDefinition> catalog = new HashMap<>();
    private final List<Count> counts = new ArrayList<>();
    private final Map<String, Total> totals = new LinkedHashMap<>();
    private final Map<Long, RejectionReason> rejections = new TreeMap<>();
    private final List<Billed> billed = new ArrayList<>();
    private Instant clock = Instant.EPOCH;
    private long offset = -1;
    private long duplicates;
    private long rerouted;
    private long ticks;

    NaivePipeline(final TopologySettings settings, final int partitions) {
        this.settings = settings;
        this.partitions = partitions;
    }

    void define(final FeatureDefinition definition) {
        catalog.put(definition.getCode(), definition);
    }

    void tick(final Instant brokerTime) {
        arrive(brokerTime);
        ticks++;
    }

    void garbage(final Instant brokerTime) {
        arrive(brokerTime);
        reject(RejectionReason.UNDECODABLE);
    }

    void usage(final Instant brokerTime, final String recordKey, final UsageEvent event) {
        arrive(brokerTime);
        if (!recordKey.equals(event.getCustomerId())) {
            reject(RejectionReason.KEY_MISMATCH);
        } else if (breaksARule(event)) {
            reject(RejectionReason.INVALID);
        } else {
            if (BuiltInPartitioner.partitionForKey(recordKey.getBytes(UTF_8), partitions) != 0) {
                rerouted++;
            }
            judge(event);
        }
    }

    private void arrive(final Instant brokerTime) {
        if (brokerTime.isAfter(clock)) {
            clock = brokerTime;
            totals.values().stream()
                    .filter(total -> total.isHeld && intervalIsOver(total))
                    .forEach(this::emit);
        }
        offset++;
    }

    private void judge(final UsageEvent event) {
        final Optional<Count> first = counts.stream()
                .filter(count -> count.event.getCustomerId().equals(event.getCustomerId())
                        && count.event.getIdempotencyKey().equals(event.getIdempotencyKey())
                        && !count.countedAt
                                .plus(settings.window().dedupWindow())
                                .isBefore(clock))
                .findFirst();
        if (first.isPresent()) {
            if (sameContent(first.get().event, event)) {
                duplicates++;
                final Total total = totals.get(first.get().aggregate);
                total.duplicates++;
                change(total);
            } else {
                reject(RejectionReason.IDEMPOTENCY_CONFLICT);
            }
        } else {
            refusalOf(event).ifPresentOrElse(this::reject, () -> count(event));
        }
    }

    private Optional<RejectionReason> refusalOf(final UsageEvent event) {
        final FeatureDefinition feature = catalog.get(event.getFeature());
        final Instant at = event.getOccurredAt();
        if (feature == null) {
            return Optional.of(RejectionReason.UNKNOWN_FEATURE);
        }
        if (feature.getEffective().stream()
                .noneMatch(interval -> !at.isBefore(interval.getFrom())
                        && (interval.getUntil() == null || at.isBefore(interval.getUntil())))) {
            return Optional.of(RejectionReason.FEATURE_NOT_IN_EFFECT);
        }
        if (at.isAfter(clock.plus(settings.window().clockSkew()))) {
            return Optional.of(RejectionReason.IN_FUTURE);
        }
        if (at.isBefore(clock.minus(settings.window().admissibleAge()))) {
            return Optional.of(RejectionReason.TOO_OLD);
        }
        if (isOutside(feature, event.getValue()) || event.getKind() != UsageKind.USAGE) {
            return Optional.of(RejectionReason.INVALID);
        }
        return Optional.empty();
    }

    private void count(final UsageEvent event) {
        final FeatureDefinition feature = catalog.get(event.getFeature());
        final LocalDate date = LocalDate.ofInstant(event.getOccurredAt(), ZoneOffset.UTC);
        final Instant period =
                date.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        final String name = event.getCustomerId() + "/" + event.getFeature() + "/" + period;
        final Total total = totals.getOrDefault(name, new Total(feature, period));
        total.events.add(event);
        if (quantityOf(total).abs().compareTo(LIMIT) >= 0) {
            total.events.remove(total.events.size() - 1);
            reject(RejectionReason.OVERFLOW);
            return;
        }
        totals.put(name, total);
        counts.add(new Count(event, clock, name));
        total.catalogRevision = feature.getRevision();
        change(total);
    }

    private void change(final Total total) {
        total.movedBy = offset;
        if (total.emittedAt == null || intervalIsOver(total)) {
            emit(total);
        } else {
            total.isHeld = true;
        }
    }

    private boolean intervalIsOver(final Total total) {
        return !clock.isBefore(total.emittedAt.plus(settings.emissionInterval()));
    }

    private void emit(final Total total) {
        total.isHeld = false;
        total.emittedAt = clock;
        total.revision++;
        final UsageEvent any = total.events.get(0);
        billed.add(new Billed(
                any.getCustomerId(),
                any.getFeature(),
                total.periodStart,
                total.revision,
                quantityOf(total).setScale(9),
                total.events.size(),
                total.duplicates,
                total.events.stream()
                        .map(UsageEvent::getOccurredAt)
                        .min(Instant::compareTo)
                        .orElseThrow(),
                total.events.stream()
                        .map(UsageEvent::getOccurredAt)
                        .max(Instant::compareTo)
                        .orElseThrow(),
                digestOf(total.events),
                total.movedBy,
                total.catalogRevision,
                total.opened.getAggregation()));
    }

    private void reject(final RejectionReason reason) {
        rejections.put(offset, reason);
    }

    private static BigDecimal quantityOf(final Total total) {
        final List<UsageEvent> events = total.events;
        return switch (total.opened.getAggregation()) {
            case SUM -> events.stream().map(UsageEvent::getValue).reduce(BigDecimal.ZERO, BigDecimal::add);
            case COUNT -> BigDecimal.valueOf(events.size());
            case MAX ->
                events.stream()
                        .map(UsageEvent::getValue)
                        .max(BigDecimal::compareTo)
                        .orElseThrow();
            case LATEST ->
                events.stream()
                        .reduce((one, next) -> next.getOccurredAt().isBefore(one.getOccurredAt()) ? one : next)
                        .orElseThrow()
                        .getValue();
            default -> throw new IllegalStateException("not in this model: " + total.opened);
        };
    }

    private static boolean breaksARule(final UsageEvent event) {
        return !event.getFeature().matches("[a-z][a-z0-9_]*")
                || event.getIdempotencyKey().isEmpty();
    }

    private static boolean isOutside(final FeatureDefinition feature, final BigDecimal value) {
        return (feature.getMinimum() != null && value.compareTo(feature.getMinimum()) < 0)
                || (feature.getMaximum() != null && value.compareTo(feature.getMaximum()) > 0)
                || (feature.getWholeNumbers() && value.remainder(BigDecimal.ONE).signum() != 0);
    }

    private static boolean sameContent(final UsageEvent one, final UsageEvent other) {
        return one.getFeature().equals(other.getFeature())
                && one.getValue().compareTo(other.getValue()) == 0
                && one.getProperties().equals(other.getProperties())
                && one.getKind() == other.getKind();
    }

    private static BigInteger digestOf(final List<UsageEvent> events) {
        return events.stream()
                .map(event -> sha256(event.getCustomerId(), event.getIdempotencyKey()))
                .reduce(BigInteger.ZERO, BigInteger::add)
                .mod(BigInteger.TWO.pow(256));
    }

    private static BigInteger sha256(final String customer, final String key) {
        final byte[] customerBytes = customer.getBytes(UTF_8);
        final byte[] keyBytes = key.getBytes(UTF_8);
        final ByteBuffer bytes = ByteBuffer.allocate(4 + customerBytes.length + keyBytes.length)
                .putInt(customerBytes.length)
                .put(customerBytes)
                .put(keyBytes);
        try {
            return new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All records of the billing topic. */
    List<Billed> billed() {
        return billed;
    }

    /** Reasons by offset. */
    Map<Long, RejectionReason> rejections() {
        return rejections;
    }

    PartitionAccount account() {
        final Map<RejectionReason, Long> byReason = new HashMap<>();
        rejections.values().forEach(reason -> byReason.merge(reason, 1L, Long::sum));
        return new PartitionAccount(
                0,
                counts.size() + duplicates + rejections.size() + rerouted,
                counts.size(),
                duplicates,
                byReason,
                rerouted,
                ticks,
                clock,
                Optional.of(offset));
    }

    /** When the latest of the counted events was counted. */
    Optional<Instant> lastCountedAt() {
        return counts.isEmpty() ? Optional.empty() : Optional.of(counts.get(counts.size() - 1).countedAt);
    }
}
