package dev.driftless.streams.domain;

import dev.driftless.schemas.UsageKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A usage event whose fields keep the rules of {@link dev.driftless.schemas.rules.FieldRules}.
 *
 * @param customerId the billing customer
 * @param feature the feature code
 * @param value how much was used, in the feature's unit; exact
 * @param idempotencyKey unique per customer within the dedup window
 * @param occurredAt when the action took place; decides the period
 * @param properties dimensions of the action
 * @param kind usage, or the void of an earlier event
 * @param voidedKey for a void the idempotency key of the event that it takes back
 */
public record Event(
        String customerId,
        String feature,
        BigDecimal value,
        String idempotencyKey,
        Instant occurredAt,
        Map<String, String> properties,
        UsageKind kind,
        Optional<String> voidedKey) {

    /** For a void: the event that it takes back, whose value was this; its key is the voided one. */
    public Event asCounted(final BigDecimal countedValue) {
        return new Event(
                customerId,
                feature,
                countedValue,
                voidedKey.orElseThrow(),
                occurredAt,
                properties,
                UsageKind.USAGE,
                Optional.empty());
    }

    /** The void of this event: what takes it back, as far as its content goes. */
    Event asVoided(final BigDecimal voidValue) {
        return new Event(
                customerId,
                feature,
                voidValue,
                idempotencyKey,
                occurredAt,
                properties,
                UsageKind.VOID,
                Optional.of(idempotencyKey));
    }

    /** Whether this is a void that names its own key. */
    public boolean voidsItself() {
        return voidedKey.filter(idempotencyKey::equals).isPresent();
    }
}
