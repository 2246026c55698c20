package dev.driftless.gateway.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the fields of one JSON object and collects what is wrong with them. A field that is there with the value
 * {@code null} is wrong, not absent: what was meant to be there must never be replaced by a default.
 */
final class FieldReader {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final int LONGEST_DECIMAL = 200;
    private static final String NUMBER_RULE = "be a decimal number, or a text that holds one";
    private static final String TIME_RULE = "be an ISO 8601 time with offset";

    private final JsonNode object;
    private final List<FieldError> errors = new ArrayList<>();

    FieldReader(final JsonNode object) {
        this.object = object;
    }

    List<FieldError> errors() {
        return errors;
    }

    void wrong(final String field, final String value, final String rule, final String advice) {
        errors.add(FieldError.of(field, value, rule, advice));
    }

    Optional<String> requiredText(final String field, final String advice) {
        if (!object.has(field)) {
            wrong(field, "nothing", "be given", advice);
        }
        return text(field);
    }

    Optional<String> text(final String field) {
        final JsonNode node = object.path(field);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            wrong(field, node.toString(), "be a text", "put it in quotes, or leave the field out");
            return Optional.empty();
        }
        return Optional.of(node.textValue());
    }

    /** The one of two fields that is given; two that differ are wrong. */
    Optional<String> either(final String field, final String other) {
        final Optional<String> value = text(field);
        final Optional<String> second = text(other);
        if (value.isPresent() && second.isPresent() && !value.equals(second)) {
            wrong(other, second.get(), "be equal to " + field + " where both are given", "send one of the two");
        }
        return value.or(() -> second);
    }

    /** Exactly the number that is written, whether as a number or as a text. */
    Optional<BigDecimal> decimal(final String field, final String shownAs) {
        final JsonNode node = object.path(field);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (node.isNumber()) {
            return Optional.of(node.decimalValue());
        }
        if (node.isTextual()
                && node.textValue().length() <= LONGEST_DECIMAL
                && DECIMAL.matcher(node.textValue()).matches()) {
            return Optional.of(new BigDecimal(node.textValue()));
        }
        wrong(shownAs, node.isTextual() ? node.textValue() : node.toString(), NUMBER_RULE, numberAdvice(node));
        return Optional.empty();
    }

    private static String numberAdvice(final JsonNode node) {
        return node.isNull()
                ? "send the quantity: null is what NaN and Infinity become in JSON; leave it out to count 1"
                : FieldNames.advice("value");
    }

    Optional<Instant> time(final String field) {
        final Optional<String> text = text(field);
        try {
            return text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (final DateTimeException e) {
            wrong(field, text.orElseThrow(), TIME_RULE, FieldNames.advice("occurredAt"));
            return Optional.empty();
        }
    }

    /** An object of texts, numbers and booleans, or an array of {@code {property, value}}. */
    Map<String, String> properties(final String field) {
        final Map<String, String> properties = new LinkedHashMap<>();
        final JsonNode node = object.path(field);
        if (node.isObject()) {
            node.properties().forEach(entry -> add(properties, field, entry.getKey(), entry.getValue()));
        } else if (node.isArray()) {
            node.forEach(pair -> addPair(properties, field, pair));
        } else if (!node.isMissingNode()) {
            wrong(
                    field,
                    node.toString(),
                    "be an object, or an array of {property, value}",
                    "send {\"region\": \"eu\"}, or leave the field out");
        }
        return properties;
    }

    private void addPair(final Map<String, String> properties, final String field, final JsonNode pair) {
        if (pair.isObject() && pair.size() == 2 && pair.path("property").isTextual() && pair.has("value")) {
            final String name = pair.path("property").textValue();
            if (properties.containsKey(name)) {
                wrong(field, name, "have each name once", "merge the two");
            } else {
                add(properties, field, name, pair.path("value"));
            }
        } else {
            wrong(field, pair.toString(), "have elements {property, value}", "send both, the first as a text");
        }
    }

    void add(final Map<String, String> properties, final String field, final String name, final JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            properties.put(name, value.asText());
        } else {
            wrong(
                    field + "[" + name + "]",
                    value.toString(),
                    "be a text, a number or a boolean",
                    "flatten it, or leave it out");
        }
    }
}
