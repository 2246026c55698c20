package dev.driftless.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads one feature of a catalog file, and collects all that is wrong with it. To be used once, by one thread. */
final class FeatureReader {
    /** Revision of a definition that was read from a file and is not published yet. */
    static final long UNPUBLISHED = 0;

    private static final Set<String> FIELDS = Set.of(
            "code",
            "aggregation",
            "unit",
            "description",
            "effective",
            "uniqueProperty",
            "groupBy",
            "minimum",
            "maximum",
            "wholeNumbers",
            "latePolicy");
    private static final int UNIT_CHARACTERS = 50;
    private static final int DESCRIPTION_CHARACTERS = 1_000;
    private static final int GROUP_PROPERTIES = 5;

    private final JsonNode node;
    private final String name;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * A reader of one feature.
     *
     * @param node the feature as it is in the file
     * @param place its place in the file, to name it by if it has no code
     */
    FeatureReader(final JsonNode node, final int place) {
        this.node = node;
        this.name = node.path("code").isTextual()
                ? Violation.shown(node.path("code").textValue())
                : "feature " + place;
    }

    /** The definition, or nothing where {@link #problems()} has an entry. */
    Optional<FeatureDefinition> read() {
        if (!node.isObject()) {
            problem("entry", "must be a mapping with the fields " + new TreeSet<>(FIELDS));
            return Optional.empty();
        }
        refuseUnknownFields();
        final Optional<String> code = code();
        final Optional<Aggregation> aggregation = aggregation();
        final Optional<String> unit = requiredText("unit", UNIT_CHARACTERS);
        final String description = text("description", DESCRIPTION_CHARACTERS).orElse("");
        final List<EffectiveInterval> effective = new IntervalReader(this::problem).read(node.path("effective"));
        final Optional<String> uniqueProperty = uniqueProperty(aggregation);
        final List<String> groupBy = groupBy();
        final Optional<BigDecimal> minimum = limit("minimum");
        final Optional<BigDecimal> maximum = limit("maximum");
        refuseEmptyRange(minimum, maximum);
        final boolean wholeNumbers = flag("wholeNumbers");
        final Optional<LatePolicy> latePolicy = latePolicy();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(FeatureDefinition.newBuilder()
                .setCode(code.orElseThrow())
                .setRevision(UNPUBLISHED)
                .setAggregation(aggregation.orElseThrow())
                .setUnit(unit.orElseThrow())
                .setDescription(description)
                .setEffective(effective)
                .setUniqueProperty(uniqueProperty.orElse(null))
                .setGroupBy(groupBy)
                .setMinimum(minimum.orElse(null))
                .setMaximum(maximum.orElse(null))
                .setWholeNumbers(wholeNumbers)
                .setLatePolicy(latePolicy.orElse(null))
                .build());
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void problem(final String field, final String message) {
        problems.add(new Problem(name, field, message));
    }

    private void refuse(final String field, final JsonNode value, final String rule) {
        problem(
                field,
                "'" + Violation.shown(value.isValueNode() ? value.asText() : value.toString()) + "' must " + rule);
    }

    private void refuseUnknownFields() {
        node.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                problem(Violation.shown(field), "is not a field: known are " + new TreeSet<>(FIELDS));
            }
        });
    }

    private Optional<String> code() {
        final JsonNode code = node.path("code");
        if (isAbsent(code)) {
            problem("code", "is missing");
            return Optional.empty();
        }
        if (!code.isTextual() || FieldRules.feature(code.textValue()).isPresent()) {
            refuse("code", code, "match ^[a-z][a-z0-9_]{0,99}$");
            return Optional.empty();
        }
        return Optional.of(code.textValue());
    }

    private Optional<Aggregation> aggregation() {
        final Optional<Aggregation> aggregation = constant("aggregation", Supported.AGGREGATIONS);
        if (isAbsent(node.path("aggregation"))) {
            problem("aggregation", "is missing: it must be one of " + Supported.AGGREGATIONS);
        }
        return aggregation;
    }

    private Optional<LatePolicy> latePolicy() {
        return constant("latePolicy", new TreeSet<>(Arrays.asList(LatePolicy.values())));
    }

    private <E extends Enum<E>> Optional<E> constant(final String field, final Set<E> allowed) {
        final JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        final Optional<E> constant = allowed.stream()
                .filter(candidate -> value.isTextual() && candidate.name().equals(value.textValue()))
                .findFirst();
        if (constant.isEmpty()) {
            refuse(field, value, "be one of " + allowed);
        }
        return constant;
    }

    private Optional<String> requiredText(final String field, final int most) {
        final JsonNode value = node.path(field);
        if (isAbsent(value)) {
            problem(field, "is missing");
        } else if (value.isTextual() && value.textValue().isBlank()) {
            refuse(field, value, "not be blank");
        }
        return text(field, most);
    }

    private Optional<String> text(final String field, final int most) {
        final JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        final boolean fits = value.isTextual()
                && value.textValue().codePointCount(0, value.textValue().length()) <= most;
        if (!fits) {
            refuse(field, value, "be a text of at most " + most + " characters");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    private Optional<String> uniqueProperty(final Optional<Aggregation> aggregation) {
        final Optional<String> property = text("uniqueProperty", FieldRules.PROPERTY_NAME_CHARACTERS);
        final boolean needed = aggregation.equals(Optional.of(Aggregation.UNIQUE));
        if (needed && property.filter(given -> !given.isBlank()).isEmpty()) {
            problem("uniqueProperty", "is missing: aggregation UNIQUE needs the property whose values it counts");
        }
        if (!needed && aggregation.isPresent() && property.isPresent()) {
            problem("uniqueProperty", "belongs to aggregation UNIQUE only");
        }
        return property;
    }

    private List<String> groupBy() {
        final JsonNode value = node.path("groupBy");
        if (isAbsent(value)) {
            return List.of();
        }
        final Set<String> properties = StreamSupport.stream(value.spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(property -> !property.isBlank() && property.length() <= FieldRules.PROPERTY_NAME_CHARACTERS)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!value.isArray() || properties.size() != value.size() || properties.size() > GROUP_PROPERTIES) {
            refuse("groupBy", value, "be a list of at most " + GROUP_PROPERTIES + " different names of properties");
        } else if (!properties.isEmpty() && !Supported.GROUP_BY) {
            problem("groupBy", "is not supported by this version");
        }
        return List.copyOf(properties);
    }

    private Optional<BigDecimal> limit(final String field) {
        final JsonNode value = node.path(field);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isNumber() || FieldRules.value(value.decimalValue()).isPresent()) {
            refuse(
                    field,
                    value,
                    "be a number with at most " + (FieldRules.PRECISION - FieldRules.SCALE) + " digits before and "
                            + FieldRules.SCALE + " after the decimal point");
            return Optional.empty();
        }
        return Optional.of(value.decimalValue().setScale(FieldRules.SCALE));
    }

    private void refuseEmptyRange(final Optional<BigDecimal> minimum, final Optional<BigDecimal> maximum) {
        if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
            problem(
                    "maximum",
                    "'" + node.path("maximum").asText() + "' must not be below minimum '"
                            + node.path("minimum").asText() + "'");
        }
    }

    private boolean flag(final String field) {
        final JsonNode value = node.path(field);
        if (!isAbsent(value) && !value.isBoolean()) {
            refuse(field, value, "be true or false");
        }
        return value.asBoolean(false);
    }

    private static boolean isAbsent(final JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
