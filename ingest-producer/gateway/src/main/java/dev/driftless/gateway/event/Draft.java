package dev.driftless.gateway.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.client.Usage;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of an event as far as they could be read, with what was wrong with them.
 *
 * @param body what was sent
 * @param names how its fields are called there
 */
record Draft(
        JsonNode body,
        FieldNames names,
        Optional<String> customer,
        Optional<String> feature,
        Optional<BigDecimal> value,
        Optional<String> key,
        Optional<Instant> time,
        Map<String, String> properties,
        List<FieldError> errors) {

    /** The event if all its fields keep their rules. */
    Reading toReading() {
        final List<FieldError> all = new ArrayList<>(errors);
        broken(customer.flatMap(FieldRules::customerId), all);
        broken(feature.flatMap(FieldRules::feature), all);
        broken(value.flatMap(FieldRules::value), all);
        broken(key.flatMap(FieldRules::idempotencyKey), all);
        broken(time.flatMap(FieldRules::occurredAt), all);
        broken(FieldRules.properties(properties), all);
        return all.isEmpty()
                ? new Reading.Event(usage(), body)
                : new Reading.Refused(Refusal.of(ErrorCode.VALIDATION_ERROR, all), body);
    }

    private void broken(final Optional<Violation> violation, final List<FieldError> all) {
        violation.ifPresent(broken -> all.add(new FieldError(
                names.of(broken.field()), broken.value(), broken.rule(), FieldNames.advice(broken.field()))));
    }

    private Usage usage() {
        final Usage.Builder usage = Usage.builder()
                .customer(customer.orElseThrow())
                .feature(feature.orElseThrow())
                .properties(properties);
        value.ifPresent(usage::value);
        key.ifPresent(usage::idempotencyKey);
        time.ifPresent(usage::occurredAt);
        return usage.build();
    }
}
