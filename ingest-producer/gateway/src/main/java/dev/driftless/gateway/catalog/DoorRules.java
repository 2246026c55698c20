package dev.driftless.gateway.catalog;

import dev.driftless.client.Usage;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.FieldError;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.rules.Violation;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Refuses at the door what the streams application would reject later: unknown codes, features not in effect, values
 * outside the feature's limits, times too far off. The application stays the authority: what it decides on arrival, on
 * the brokers' clock, counts.
 *
 * @param catalog what is known of the features; nothing where the catalog is not followed
 * @param admissibleAge how far back an event's time may lie
 * @param clockSkew how far ahead
 * @param clock what it is measured by
 */
public record DoorRules(Optional<CatalogView> catalog, Duration admissibleAge, Duration clockSkew, Clock clock) {

    /** Why an event is not taken; nothing if it is. */
    public Optional<Refusal> judge(final Usage usage) {
        return catalog.flatMap(known -> judgeFeature(known, usage)).or(() -> judgeTime(usage));
    }

    private static Optional<Refusal> judgeFeature(final CatalogView catalog, final Usage usage) {
        final CatalogView.Entry entry = catalog.find(usage.feature());
        if (entry instanceof CatalogView.Known known) {
            return judge(known.definition(), usage);
        }
        return entry == CatalogView.Absence.UNREADABLE
                ? Optional.empty()
                : refuse(
                        ErrorCode.FEATURE_NOT_FOUND,
                        "feature",
                        usage.feature(),
                        "be a feature of the catalog",
                        "check the spelling, or register it with: driftless catalog apply");
    }

    private static Optional<Refusal> judge(final FeatureDefinition feature, final Usage usage) {
        if (feature.getEffective().stream().noneMatch(interval -> holds(interval, usage.occurredAt()))) {
            return refuse(
                    ErrorCode.FEATURE_NOT_IN_EFFECT,
                    "timestamp",
                    usage.occurredAt().toString(),
                    "lie where feature '" + feature.getCode() + "' is in effect",
                    "send the time of the usage, or extend the feature in the catalog");
        }
        return judgeValue(feature, usage.value());
    }

    private static boolean holds(final EffectiveInterval interval, final Instant instant) {
        return !instant.isBefore(interval.getFrom())
                && (interval.getUntil() == null || instant.isBefore(interval.getUntil()));
    }

    private static Optional<Refusal> judgeValue(final FeatureDefinition feature, final BigDecimal value) {
        if (feature.getMinimum() != null && value.compareTo(feature.getMinimum()) < 0) {
            return refuseValue(feature, value, "be at least " + plain(feature.getMinimum()));
        }
        if (feature.getMaximum() != null && value.compareTo(feature.getMaximum()) > 0) {
            return refuseValue(feature, value, "be at most " + plain(feature.getMaximum()));
        }
        if (feature.getWholeNumbers() && value.stripTrailingZeros().scale() > 0) {
            return refuseValue(feature, value, "be a whole number");
        }
        return Optional.empty();
    }

    private static String plain(final BigDecimal limit) {
        return limit.stripTrailingZeros().toPlainString();
    }

    private static Optional<Refusal> refuseValue(
            final FeatureDefinition feature, final BigDecimal value, final String rule) {
        return refuse(
                ErrorCode.VALIDATION_ERROR,
                "value",
                value.toPlainString(),
                rule + " for feature '" + feature.getCode() + "'",
                "send the quantity in the feature's unit, " + feature.getUnit());
    }

    private Optional<Refusal> judgeTime(final Usage usage) {
        final Instant now = clock.instant();
        if (usage.occurredAt().isAfter(now.plus(clockSkew))) {
            return refuseTime(usage, "lie at most " + clockSkew + " ahead", "check the sender's clock");
        }
        if (usage.occurredAt().isBefore(now.minus(admissibleAge))) {
            return refuseTime(usage, "lie at most " + admissibleAge + " back", "bill it by other means");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuseTime(final Usage usage, final String rule, final String advice) {
        return refuse(
                ErrorCode.VALIDATION_ERROR, "timestamp", usage.occurredAt().toString(), rule, advice);
    }

    private static Optional<Refusal> refuse(
            final ErrorCode code, final String field, final String value, final String rule, final String advice) {
        return Optional.of(Refusal.of(code, List.of(new FieldError(field, Violation.shown(value), rule, advice))));
    }
}
