package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.domain.period.Period;
import dev.driftless.streams.domain.period.PeriodCalendar;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import dev.driftless.streams.topology.NaiveTotal.Billed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * The contract once more, written down as it reads: plain lists and maps, and for each event a walk over all that was
 * counted before. It shares with the application the schemas, the account's type and the calendar, which has an oracle of
 * its own; and no other rule.
 */
final class NaivePipeline {
    /** What a key was used for. */
    private enum Use {
        COUNTED,
        TAKEN_BACK,
        VOID_AHEAD,
        VOID
    }

    /** A key that was used: by which event, when, and into what it was counted. */
    private record Seen(Use use, UsageEvent event, Instant at, Optional<NaiveTotal> into) {}

    private final TopologySettings settings;
    private final int partitions;
    private final Map<String, FeatureDefinition> catalog = new HashMap<>();
    private final Map<String, PeriodCalendar> calendars = new HashMap<>();
    private final Map<List<String>, Seen> seen = new HashMap<>();
    private final Map<String, NaiveTotal> totals = new LinkedHashMap<>();
    private final Map<Long, RejectionReason> rejections = new TreeMap<>();
    private final List<Billed> billed = new ArrayList<>();
    private Instant clock;
    private Instant lastCountedAt;
    private long offset;
    private long counted;
    private long duplicates;
    private long rerouted;
    private long ticks;

    NaivePipeline(final TopologySettings settings, final int partitions) {
        this(settings, partitions, Instant.EPOCH, -1);
    }

    /** One that goes on at a partition's time, after a record. */
    NaivePipeline(final TopologySettings settings, final int partitions, final Instant clock, final long offset) {
        this.settings = settings;
        this.partitions = partitions;
        this.clock = clock;
        this.offset = offset;
    }

    void define(final FeatureDefinition definition) {
        catalog.put(definition.getCode(), definition);
    }

    /**
     * A customer's periods change; those that are open and hold all that was counted into them may end at another time. A
     * row that stands in another partition than its customer's is left out.
     */
    void subscribe(final String customer, final Optional<Subscription> subscription) {
        if (isMisplaced(customer)) {
            return;
        }
        final PeriodCalendar calendar =
                subscription.<PeriodCalendar>map(NaivePipeline::calendar).orElse(PeriodRule.CALENDAR_MONTHS_UTC);
        calendars.put(customer, calendar);
        totals.values().stream()
                .filter(total -> total.customer().equals(customer) && total.isOpen())
                .forEach(total -> {
                    final Period period = calendar.periodOf(total.start());
                    if (period.start().equals(total.start())
                            && !period.end().equals(total.end())
                            && total.endsAfterAll(period.end())
                            && !isOver(total.end())
                            && !isOver(period.end())) {
                        total.endAt(period.end());
                        change(total);
                    }
                });
    }

    private static PeriodCalendar calendar(final Subscription subscription) {
        return new SubscriptionTerms(subscription.getTerms().stream()
                .map(term -> new Term(
                        term.getEffectiveFrom(),
                        PeriodRule.parse(term.getInterval().name(), term.getAnchor(), term.getTimeZone())))
                .toList());
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
            rerouted += isMisplaced(recordKey) ? 1 : 0;
            judge(event);
        }
    }

    private boolean isMisplaced(final String customer) {
        return BuiltInPartitioner.partitionForKey(customer.getBytes(UTF_8), partitions) != 0;
    }

    private void arrive(final Instant brokerTime) {
        if (brokerTime.isAfter(clock)) {
            clock = brokerTime;
            totals.values().forEach(total -> {
                if (total.isOpen() && isOver(total.end())) {
                    close(total);
                } else if (total.isHeld() && intervalIsOver(total)) {
                    emit(total, clock);
                }
            });
        }
        offset++;
    }

    private boolean isOver(final Instant periodEnd) {
        return !clock.isBefore(periodEnd.plus(settings.closing().grace()));
    }

    private void close(final NaiveTotal total) {
        total.close();
        emit(total, total.end().plus(settings.closing().grace()));
    }

    private void judge(final UsageEvent event) {
        final Optional<Seen> first = find(event.getCustomerId(), event.getIdempotencyKey());
        final boolean isAwaited = first.filter(ahead -> awaits(ahead, event)).isPresent();
        if (first.isEmpty() || isAwaited) {
            judgeNew(event, isAwaited);
        } else if (first.get().use() != Use.VOID_AHEAD
                && sameContent(first.get().event(), event)) {
            duplicates++;
            first.get()
                    .into()
                    .filter(total -> first.get().use() == Use.COUNTED && !isOver(total.end()))
                    .ifPresent(total -> {
                        total.repeat();
                        moved(total);
                    });
        } else {
            reject(RejectionReason.IDEMPOTENCY_CONFLICT);
        }
    }

    private static boolean awaits(final Seen ahead, final UsageEvent event) {
        return ahead.use() == Use.VOID_AHEAD
                && event.getKind() == UsageKind.USAGE
                && ahead.event().getFeature().equals(event.getFeature())
                && ahead.event().getProperties().equals(event.getProperties());
    }

    private Optional<Seen> find(final String customer, final String key) {
        return Optional.ofNullable(seen.get(List.of(customer, key)))
                .filter(first ->
                        !first.at().plus(settings.window().dedupWindow()).isBefore(clock));
    }

    private void judgeNew(final UsageEvent event, final boolean isVoided) {
        final Optional<RejectionReason> refusal = refusalOf(event);
        if (refusal.isPresent()) {
            reject(refusal.get());
        } else if (event.getKind() == UsageKind.VOID) {
            takeBack(event);
        } else {
            count(event, isVoided);
        }
    }

    private Optional<RejectionReason> refusalOf(final UsageEvent event) {
        final FeatureDefinition feature = catalog.get(event.getFeature());
        final Instant at = event.getOccurredAt();
        if (feature == null) {
            return Optional.of(RejectionReason.UNKNOWN_FEATURE);
        }
        final boolean isVoid = event.getKind() == UsageKind.VOID;
        if (!isVoid
                && feature.getEffective().stream()
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
        final boolean isInvalid =
                isVoid ? event.getVoidedKey().equals(event.getIdempotencyKey()) : isOutside(feature, event.getValue());
        return isInvalid ? Optional.of(RejectionReason.INVALID) : Optional.empty();
    }

    private void count(final UsageEvent event, final boolean isVoided) {
        final NaiveTotal home = at(event, event.getOccurredAt());
        move(event, home, target -> {
            if (target.aggregation() == Aggregation.UNIQUE
                    && !event.getProperties().containsKey(target.uniqueProperty())) {
                return Optional.of(RejectionReason.INVALID);
            }
            if (isVoided) {
                target.voidOnArrival();
            } else if (!target.count(event)) {
                return Optional.of(RejectionReason.OVERFLOW);
            }
            see(isVoided ? Use.TAKEN_BACK : Use.COUNTED, event, Optional.of(target));
            return Optional.empty();
        });
    }

    private void takeBack(final UsageEvent event) {
        final Optional<Seen> named = find(event.getCustomerId(), event.getVoidedKey());
        if (named.isEmpty()) {
            takeBackAhead(event);
            return;
        }
        switch (named.get().use()) {
            case COUNTED -> takeBackCounted(event, named.get());
            case TAKEN_BACK, VOID_AHEAD -> duplicates++;
            case VOID -> reject(RejectionReason.INVALID);
        }
    }

    private void takeBackAhead(final UsageEvent event) {
        if (!canTakeBack(catalog.get(event.getFeature()).getAggregation())) {
            reject(RejectionReason.INVALID);
            return;
        }
        seen.put(
                List.of(event.getCustomerId(), event.getVoidedKey()),
                new Seen(Use.VOID_AHEAD, event, clock, Optional.empty()));
        see(Use.VOID, event, Optional.empty());
        counted++;
        lastCountedAt = clock;
    }

    private void takeBackCounted(final UsageEvent event, final Seen named) {
        final NaiveTotal home = named.into().orElseThrow();
        final boolean isSame = named.event().getFeature().equals(event.getFeature())
                && named.event().getProperties().equals(event.getProperties());
        if (!isSame || !canTakeBack(home.aggregation())) {
            reject(RejectionReason.INVALID);
            return;
        }
        move(named.event(), home, target -> {
            final boolean isPossible = target == home
                    || (target.aggregation() == home.aggregation() && home.aggregation() != Aggregation.UNIQUE);
            if (!isPossible) {
                return Optional.of(RejectionReason.PERIOD_CLOSED);
            }
            if (!target.takeBack(named.event(), target == home)) {
                return Optional.of(RejectionReason.OVERFLOW);
            }
            seen.put(
                    List.of(event.getCustomerId(), event.getVoidedKey()),
                    new Seen(Use.TAKEN_BACK, named.event(), named.at(), named.into()));
            see(Use.VOID, event, Optional.of(target));
            return Optional.empty();
        });
    }

    private static boolean canTakeBack(final Aggregation aggregation) {
        return aggregation == Aggregation.SUM || aggregation == Aggregation.COUNT || aggregation == Aggregation.UNIQUE;
    }

    /** Has a change made in the aggregate where it belongs. The change says why it can't be made. */
    private void move(
            final UsageEvent event,
            final NaiveTotal home,
            final Function<NaiveTotal, Optional<RejectionReason>> change) {
        final LatePolicy policy = Optional.ofNullable(
                        catalog.get(event.getFeature()).getLatePolicy())
                .orElse(settings.closing().latePolicy());
        final boolean isLate = isOver(home.end());
        if (isLate && policy == LatePolicy.REJECT) {
            reject(RejectionReason.PERIOD_CLOSED);
            return;
        }
        final NaiveTotal target = isLate && policy == LatePolicy.NEXT ? at(event, clock) : home;
        final boolean isKept = totals.containsKey(target.name());
        if (!isKept
                && !target.groups().isEmpty()
                && groupsBeside(target) >= settings.closing().groupLimit()) {
            reject(RejectionReason.INVALID);
            return;
        }
        final boolean isAmended = isOver(target.end());
        final Optional<RejectionReason> refusal = change.apply(target);
        if (refusal.isPresent()) {
            reject(refusal.get());
            return;
        }
        totals.put(target.name(), target);
        target.definedBy(catalog.get(event.getFeature()));
        if (isAmended) {
            target.amend();
        }
        if (isLate) {
            target.late();
        }
        counted++;
        lastCountedAt = clock;
        moved(target);
    }

    private long groupsBeside(final NaiveTotal total) {
        return totals.values().stream().filter(total::isBeside).count();
    }

    /** The aggregate of the period that holds an instant; not kept yet where nothing was counted into it. */
    private NaiveTotal at(final UsageEvent event, final Instant instant) {
        final Period period = calendars
                .getOrDefault(event.getCustomerId(), PeriodRule.CALENDAR_MONTHS_UTC)
                .periodOf(instant);
        final NaiveTotal fresh = new NaiveTotal(event, catalog.get(event.getFeature()), period);
        return totals.getOrDefault(fresh.name(), fresh);
    }

    private void see(final Use use, final UsageEvent event, final Optional<NaiveTotal> into) {
        seen.put(List.of(event.getCustomerId(), event.getIdempotencyKey()), new Seen(use, event, clock, into));
    }

    private void moved(final NaiveTotal total) {
        total.movedBy(offset);
        change(total);
    }

    private void change(final NaiveTotal total) {
        if (total.emittedAt().isEmpty() || intervalIsOver(total)) {
            emit(total, clock);
        } else {
            total.hold();
        }
    }

    private boolean intervalIsOver(final NaiveTotal total) {
        return !clock.isBefore(total.emittedAt().orElseThrow().plus(settings.emissionInterval()));
    }

    private void emit(final NaiveTotal total, final Instant at) {
        billed.add(total.emit(at));
    }

    private void reject(final RejectionReason reason) {
        rejections.put(offset, reason);
    }

    private static boolean breaksARule(final UsageEvent event) {
        return !event.getFeature().matches("[a-z][a-z0-9_]*")
                || event.getIdempotencyKey().isEmpty()
                || (event.getKind() == UsageKind.VOID && event.getVoidedKey().isEmpty());
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
                && one.getKind() == other.getKind()
                && Optional.ofNullable(one.getVoidedKey()).equals(Optional.ofNullable(other.getVoidedKey()));
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
                counted + duplicates + rejections.size() + rerouted,
                counted,
                duplicates,
                byReason,
                rerouted,
                ticks,
                clock,
                offset < 0 ? Optional.empty() : Optional.of(offset));
    }

    /** The partition's time. */
    Instant clock() {
        return clock;
    }

    /** When the latest of the counted events was counted. */
    Optional<Instant> lastCountedAt() {
        return Optional.ofNullable(lastCountedAt);
    }
}
