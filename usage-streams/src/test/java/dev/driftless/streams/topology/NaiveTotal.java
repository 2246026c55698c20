package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.streams.domain.period.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One aggregate of the {@link NaivePipeline}: the events counted into it, all of them. */
final class NaiveTotal {
    private static final BigDecimal LIMIT = new BigDecimal("1e29");

    /** One record of the billing topic. */
    record Billed(
            String name,
            Instant periodEnd,
            long revision,
            String status,
            BigDecimal quantity,
            Optional<BigDecimal> previousQuantity,
            long events,
            long duplicates,
            long late,
            long voids,
            Instant firstOccurredAt,
            Instant lastOccurredAt,
            BigInteger digest,
            long movedBy,
            long catalogRevision,
            Aggregation aggregation) {

        static Billed of(final UsageAggregate aggregate) {
            final byte[] digest = new byte[aggregate.getCountedKeysDigest().remaining()];
            aggregate.getCountedKeysDigest().duplicate().get(digest);
            final Map<String, String> groups = new TreeMap<>();
            aggregate.getGroups().forEach(group -> groups.put(group.getProperty(), group.getValue()));
            return new Billed(
                    nameOf(aggregate.getCustomerId(), aggregate.getFeature(), aggregate.getPeriodStart(), groups),
                    aggregate.getPeriodEnd(),
                    aggregate.getRevision(),
                    aggregate.getStatus().name(),
                    aggregate.getQuantity(),
                    Optional.ofNullable(aggregate.getPreviousQuantity()),
                    aggregate.getEventCount(),
                    aggregate.getDuplicateCount(),
                    aggregate.getLateCount(),
                    aggregate.getVoidCount(),
                    aggregate.getFirstOccurredAt(),
                    aggregate.getLastOccurredAt(),
                    new BigInteger(1, digest),
                    aggregate.getSourceOffset(),
                    aggregate.getCatalogRevision(),
                    aggregate.getAggregation());
        }
    }

    private final String customer;
    private final FeatureDefinition opened;
    private final Instant start;
    private final Map<String, String> groups = new TreeMap<>();
    /** Counted and not taken back, in the order of the log. */
    private final List<UsageEvent> events = new ArrayList<>();
    /** Counted in an earlier period and taken back here. */
    private final List<UsageEvent> takenBack = new ArrayList<>();
    /** Counted, whatever came then. */
    private final List<UsageEvent> ever = new ArrayList<>();

    private Instant end;
    private String status = "OPEN";
    private long duplicates;
    private long late;
    private long voids;
    private long catalogRevision;
    private long movedBy;
    private long revision;
    private BigDecimal emittedQuantity = BigDecimal.ZERO.setScale(9);
    private Instant emittedAt;
    private boolean isHeld;

    NaiveTotal(final UsageEvent event, final FeatureDefinition opened, final Period period) {
        this.customer = event.getCustomerId();
        this.opened = opened;
        this.start = period.start();
        this.end = period.end();
        opened.getGroupBy()
                .forEach(property -> groups.put(property, event.getProperties().getOrDefault(property, "")));
    }

    private static String nameOf(
            final String customer, final String feature, final Instant start, final Map<String, String> groups) {
        return customer + "/" + feature + "/" + start + groups;
    }

    String name() {
        return nameOf(customer, opened.getCode(), start, groups);
    }

    String customer() {
        return customer;
    }

    Map<String, String> groups() {
        return groups;
    }

    Instant start() {
        return start;
    }

    Instant end() {
        return end;
    }

    Aggregation aggregation() {
        return opened.getAggregation();
    }

    String uniqueProperty() {
        return opened.getUniqueProperty();
    }

    /** Whether this is a total of the same customer, feature and period. */
    boolean isBeside(final NaiveTotal other) {
        return customer.equals(other.customer)
                && opened.getCode().equals(other.opened.getCode())
                && start.equals(other.start);
    }

    boolean isOpen() {
        return status.equals("OPEN");
    }

    boolean isHeld() {
        return isHeld;
    }

    Optional<Instant> emittedAt() {
        return Optional.ofNullable(emittedAt);
    }

    boolean endsAfterAll(final Instant instant) {
        return ever.stream().allMatch(event -> event.getOccurredAt().isBefore(instant));
    }

    void endAt(final Instant instant) {
        end = instant;
    }

    void close() {
        status = "CLOSED";
    }

    void amend() {
        status = "AMENDED";
    }

    void late() {
        late++;
    }

    void repeat() {
        duplicates++;
    }

    void voidOnArrival() {
        voids++;
    }

    void movedBy(final long offset) {
        movedBy = offset;
    }

    void definedBy(final FeatureDefinition definition) {
        catalogRevision = definition.getRevision();
    }

    void hold() {
        isHeld = true;
    }

    /** Counts an event, unless no record could hold the quantity then. */
    boolean count(final UsageEvent event) {
        events.add(event);
        if (quantity().abs().compareTo(LIMIT) >= 0) {
            events.remove(events.size() - 1);
            return false;
        }
        ever.add(event);
        return true;
    }

    /** Takes an event back, unless no record could hold the quantity then. */
    boolean takeBack(final UsageEvent event, final boolean isOwn) {
        final int place = events.indexOf(event);
        if (isOwn) {
            events.remove(place);
        } else {
            takenBack.add(event);
        }
        if (quantity().abs().compareTo(LIMIT) >= 0) {
            if (isOwn) {
                events.add(place, event);
            } else {
                takenBack.remove(takenBack.size() - 1);
            }
            return false;
        }
        voids++;
        return true;
    }

    Billed emit(final Instant at) {
        isHeld = false;
        emittedAt = at;
        revision++;
        final Optional<BigDecimal> previous =
                status.equals("AMENDED") ? Optional.of(emittedQuantity) : Optional.empty();
        emittedQuantity = quantity().setScale(9);
        return new Billed(
                name(),
                end,
                revision,
                status,
                emittedQuantity,
                previous,
                events.size(),
                duplicates,
                late,
                voids,
                ever.stream()
                        .map(UsageEvent::getOccurredAt)
                        .min(Instant::compareTo)
                        .orElse(null),
                ever.stream()
                        .map(UsageEvent::getOccurredAt)
                        .max(Instant::compareTo)
                        .orElse(null),
                digest(),
                movedBy,
                catalogRevision,
                opened.getAggregation());
    }

    private BigDecimal quantity() {
        return switch (opened.getAggregation()) {
            case SUM -> sum(events).subtract(sum(takenBack));
            case COUNT -> BigDecimal.valueOf(events.size() - takenBack.size());
            case MAX ->
                events.stream()
                        .map(UsageEvent::getValue)
                        .max(BigDecimal::compareTo)
                        .orElse(BigDecimal.ZERO);
            case LATEST ->
                events.stream()
                        .reduce((one, next) -> next.getOccurredAt().isBefore(one.getOccurredAt()) ? one : next)
                        .map(UsageEvent::getValue)
                        .orElse(BigDecimal.ZERO);
            case UNIQUE ->
                BigDecimal.valueOf(events.stream()
                        .map(event -> event.getProperties().get(opened.getUniqueProperty()))
                        .distinct()
                        .count());
            default -> throw new IllegalStateException("not in this model: " + opened);
        };
    }

    private static BigDecimal sum(final List<UsageEvent> events) {
        return events.stream().map(UsageEvent::getValue).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigInteger digest() {
        return sumOfHashes(events).subtract(sumOfHashes(takenBack)).mod(BigInteger.TWO.pow(256));
    }

    private static BigInteger sumOfHashes(final List<UsageEvent> events) {
        return events.stream()
                .map(event -> sha256(event.getCustomerId(), event.getIdempotencyKey()))
                .reduce(BigInteger.ZERO, BigInteger::add);
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
}
