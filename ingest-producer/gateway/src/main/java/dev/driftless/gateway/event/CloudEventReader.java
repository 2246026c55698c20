package dev.driftless.gateway.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a CloudEvent 1.0: {@code subject} is the customer, {@code type} the feature, {@code id} the idempotency key,
 * {@code data.value} the quantity, the texts and booleans beside it the properties. Extension attributes are not read.
 */
public final class CloudEventReader implements EventReader {
    private static final FieldNames NAMES = new FieldNames("subject", "type", "data.value", "id", "time", "data");
    private static final String VERSION = "1.0";
    private static final String VALUE = "value";

    @Override
    public Reading read(final JsonNode body, final Optional<String> fallbackKey) {
        if (!body.isObject()) {
            return new Reading.Refused(
                    Refusal.of(ErrorCode.VALIDATION_ERROR, "an event must be a CloudEvent 1.0 in JSON"), body);
        }
        final FieldReader fields = new FieldReader(body);
        requireEnvelope(fields);
        final FieldReader data = new FieldReader(body.path("data"));
        final Map<String, String> properties = properties(body.path("data"), data);
        final Optional<BigDecimal> value = data.decimal(VALUE, "data.value");
        final Optional<String> customer = fields.requiredText("subject", FieldNames.advice("customerId"));
        final Optional<String> feature = fields.requiredText("type", FieldNames.advice("feature"));
        final Optional<String> key = fields.requiredText("id", FieldNames.advice("idempotencyKey"));
        final var time = fields.time("time");
        fields.errors().addAll(data.errors());
        return new Draft(body, NAMES, customer, feature, value, key, time, properties, fields.errors()).toReading();
    }

    private static void requireEnvelope(final FieldReader fields) {
        fields.requiredText("specversion", "send \"1.0\"")
                .filter(version -> !version.equals(VERSION))
                .ifPresent(version -> fields.wrong("specversion", version, "be 1.0", "send CloudEvents 1.0"));
        fields.requiredText("source", "send the name of the service")
                .filter(String::isBlank)
                .ifPresent(source -> fields.wrong("source", source, "not be blank", "send the name of the service"));
        fields.text("data_base64")
                .ifPresent(bytes -> fields.wrong("data_base64", bytes, "be absent", "send data as JSON"));
    }

    private static Map<String, String> properties(final JsonNode data, final FieldReader fields) {
        final Map<String, String> properties = new LinkedHashMap<>();
        if (data.isObject()) {
            data.properties().stream()
                    .filter(field -> !field.getKey().equals(VALUE))
                    .forEach(field -> {
                        if (field.getValue().isNumber() && !data.has(VALUE)) {
                            fields.wrong(
                                    "data." + field.getKey(),
                                    field.getValue().toString(),
                                    "not be a number where there is no data.value",
                                    "send the quantity as data.value: without it the event would count 1");
                        } else {
                            fields.add(properties, "data", field.getKey(), field.getValue());
                        }
                    });
        } else if (!data.isMissingNode()) {
            fields.wrong("data", data.toString(), "be an object", "send {\"value\": 1}, or leave it out");
        }
        return properties;
    }
}
