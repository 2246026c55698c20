package dev.driftless.gateway.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code {customerId | externalId, feature | featureCode, value, idempotencyKey | eventId, timestamp, properties}}.
 *
 * <p>A field of any other name is refused: it may be a misspelt {@code value}, or a quantity that is not metered here,
 * and the event would be counted as 1.
 */
public final class UsageReader implements EventReader {
    private static final Set<String> KNOWN = Set.of(
            "customerId",
            "externalId",
            "feature",
            "featureCode",
            "value",
            "idempotencyKey",
            "eventId",
            "timestamp",
            "properties");
    private static final Set<String> OTHER_QUANTITIES =
            Set.of("model", "inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens", "quantity", "amount");

    @Override
    public Reading read(final JsonNode body, final Optional<String> fallbackKey) {
        if (!body.isObject()) {
            return new Reading.Refused(
                    Refusal.of(
                            ErrorCode.VALIDATION_ERROR, "an event must be a JSON object, with customerId and feature"),
                    body);
        }
        final FieldReader fields = new FieldReader(body);
        final FieldNames names = names(body);
        final Optional<String> customer = required(fields, body, "customerId", "externalId");
        final Optional<String> feature = required(fields, body, "feature", "featureCode");
        final Draft draft = new Draft(
                body,
                names,
                customer,
                feature,
                fields.decimal("value", "value"),
                fields.either("idempotencyKey", "eventId").or(() -> isKeyless(body) ? fallbackKey : Optional.empty()),
                fields.time("timestamp"),
                fields.properties("properties"),
                fields.errors());
        refuseOthers(fields, body);
        return draft.toReading();
    }

    private static boolean isKeyless(final JsonNode body) {
        return !body.has("idempotencyKey") && !body.has("eventId");
    }

    private static Optional<String> required(
            final FieldReader fields, final JsonNode body, final String field, final String other) {
        if (!body.has(field) && !body.has(other)) {
            fields.wrong(field, "nothing", "be given, or " + other, FieldNames.advice(field));
            return Optional.empty();
        }
        return fields.either(field, other);
    }

    private static FieldNames names(final JsonNode body) {
        return new FieldNames(
                named(body, "customerId", "externalId"),
                named(body, "feature", "featureCode"),
                "value",
                named(body, "idempotencyKey", "eventId"),
                "timestamp",
                "properties");
    }

    private static String named(final JsonNode body, final String field, final String other) {
        return body.has(other) && !body.has(field) ? other : field;
    }

    private static void refuseOthers(final FieldReader fields, final JsonNode body) {
        body.properties().stream()
                .filter(field -> !KNOWN.contains(field.getKey()))
                .forEach(field -> fields.wrong(
                        field.getKey(),
                        field.getValue().toString(),
                        "be absent",
                        OTHER_QUANTITIES.contains(field.getKey())
                                ? "it means a quantity that is not metered here; send it as value of a feature"
                                : "there is no such field; is it a misspelt one, or a property?"));
    }
}
