package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.AggregateKey.GroupValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A metered feature, as the catalog defines it.
 *
 * @param code the feature code
 * @param revision revision of the definition
 * @param aggregation how values become a quantity
 * @param unit what a quantity of 1 is
 * @param effective when it is in effect, ascending
 * @param groupBy properties that split the usage, one aggregate for each combination of their values
 * @param uniqueProperty the property whose distinct values are counted, for aggregation UNIQUE
 * @param limits which values are admissible
 * @param latePolicy what becomes of events after their period has closed; nothing for the installation's policy
 */
public record Feature(
        String code,
        long revision,
        Aggregation aggregation,
        String unit,
        List<EffectiveInterval> effective,
        List<String> groupBy,
        Optional<String> uniqueProperty,
        ValueLimits limits,
        Optional<LatePolicy> latePolicy) {

    /** A half-open stretch of time; without an end it goes on. */
    public record EffectiveInterval(Instant from, Optional<Instant> until) {
        boolean holds(final Instant instant) {
            return !instant.isBefore(from) && until.map(instant::isBefore).orElse(true);
        }
    }

    public Feature {
        requireNonNull(code);
        requireNonNull(aggregation);
        requireNonNull(unit);
        requireNonNull(uniqueProperty);
        requireNonNull(limits);
        requireNonNull(latePolicy);
        effective = List.copyOf(effective);
        groupBy = List.copyOf(groupBy);
    }

    /** The aggregate into which an event of a period counts. */
    public AggregateKey aggregateKey(final Event event, final Instant periodStart) {
        final List<GroupValue> groups = groupBy.stream()
                .map(property -> new GroupValue(property, event.properties().getOrDefault(property, "")))
                .toList();
        return new AggregateKey(event.customerId(), code, periodStart, groups);
    }

    /** Refuses an event that lies outside the effective intervals; judged at its occurred-at. */
    public Optional<Refusal> judgeTime(final Event event) {
        return effective.stream().anyMatch(interval -> interval.holds(event.occurredAt()))
                ? Optional.empty()
                : Optional.of(new Refusal(
                        RejectionReason.FEATURE_NOT_IN_EFFECT,
                        "feature '" + code + "' is not in effect at occurredAt '" + event.occurredAt() + "'"));
    }

    /** Refuses an event whose value the catalog does not admit. */
    public Optional<Refusal> judgeValue(final Event event) {
        return limits.judge(code, event.value());
    }

    /**
     * Admissible values of a feature.
     *
     * @param minimum smallest admissible value
     * @param maximum largest admissible value
     * @param wholeNumbers whether only whole numbers are admissible
     */
    public record ValueLimits(Optional<BigDecimal> minimum, Optional<BigDecimal> maximum, boolean wholeNumbers) {
        /** Any value. */
        public static final ValueLimits NONE = new ValueLimits(Optional.empty(), Optional.empty(), false);

        private Optional<Refusal> judge(final String code, final BigDecimal value) {
            if (minimum.isPresent() && value.compareTo(minimum.get()) < 0) {
                return refused(code, value, "be at least " + minimum.get().toPlainString());
            }
            if (maximum.isPresent() && value.compareTo(maximum.get()) > 0) {
                return refused(code, value, "be at most " + maximum.get().toPlainString());
            }
            if (wholeNumbers && value.stripTrailingZeros().scale() > 0) {
                return refused(code, value, "be a whole number");
            }
            return Optional.empty();
        }

        private static Optional<Refusal> refused(final String code, final BigDecimal value, final String rule) {
            return Optional.of(new Refusal(
                    RejectionReason.INVALID,
                    "value '" + value.toPlainString() + "' must " + rule + " for feature '" + code + "'"));
        }
    }
}
