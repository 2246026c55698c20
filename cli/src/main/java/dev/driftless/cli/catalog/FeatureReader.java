package dev.driftless.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.cli.file.Fields;
import dev.driftless.cli.file.Problem;
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.domain.aggregation.Accumulations;
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
    private static final List<Aggregation> AGGREGATIONS = Arrays.stream(Aggregation.values())
            .filter(aggregation -> Accumulations.find(aggregation).isPresent())
            .toList();
    private static final int UNIT_CHARACTERS = 50;
    private static final int DESCRIPTION_CHARACTERS = 1_000;
    private static final int GROUP_PROPERTIES = 5;

    private final JsonNode node;
    private final String name;
    private final Fields fields;
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
        this.fields = new Fields(node, "", this::problem);
    }

    /** The definition, or nothing where {@link #problems()} has an entry. */
    Optional<FeatureDefinition> read() {
        if (!node.isObject()) {
            problem("entry", "must be a mapping with the fields " + new TreeSet<>(FIELDS));
            return Optional.empty();
        }
        fields.refuseUnknown(FIELDS);
        final Optional<String> code = code();
        final Optional<Aggregation> aggregation = aggregation();
        final Optional<String> unit = fields.requiredText("unit", UNIT_CHARACTERS);
        final String description =
                fields.text("description", DESCRIPTION_CHARACTERS).orElse("");
        final List<EffectiveInterval> effective = new IntervalReader(this::problem).read(node.path("effective"));
        final Optional<String> uniqueProperty = uniqueProperty(aggregation);
        final List<String> groupBy = groupBy();
        final Optional<BigDecimal> minimum = limit("minimum");
        final Optional<BigDecimal> maximum = limit("maximum");
        refuseEmptyRange(minimum, maximum);
        final boolean wholeNumbers = fields.flag("wholeNumbers");
        final Optional<LatePolicy> latePolicy = fields.constant("latePolicy", List.of(LatePolicy.values()));
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

    private Optional<String> code() {
        final JsonNode code = fields.get("code");
        if (fields.isAbsent("code")) {
            problem("code", "is missing");
            return Optional.empty();
        }
        if (!code.isTextual() || FieldRules.feature(code.textValue()).isPresent()) {
            fields.refuse("code", "match ^[a-z][a-z0-9_]{0,99}$");
            return Optional.empty();
        }
        return Optional.of(code.textValue());
    }

    private Optional<Aggregation> aggregation() {
        if (fields.isAbsent("aggregation")) {
            fields.refuse("aggregation", "be one of " + AGGREGATIONS);
        }
        return fields.constant("aggregation", AGGREGATIONS);
    }

    private Optional<String> uniqueProperty(final Optional<Aggregation> aggregation) {
        final Optional<String> property = fields.text("uniqueProperty", FieldRules.PROPERTY_NAME_CHARACTERS);
        final boolean needed = aggregation.equals(Optional.of(Aggregation.UNIQUE));
        if (needed && fields.isAbsent("uniqueProperty")) {
            problem("uniqueProperty", "is missing: aggregation UNIQUE needs the property whose values it counts");
        }
        if (needed && property.filter(String::isBlank).isPresent()) {
            fields.refuse("uniqueProperty", "not be blank");
        }
        if (!needed && aggregation.isPresent() && property.isPresent()) {
            problem("uniqueProperty", "belongs to aggregation UNIQUE only");
        }
        return property;
    }

    private List<String> groupBy() {
        if (fields.isAbsent("groupBy")) {
            return List.of();
        }
        final JsonNode value = fields.get("groupBy");
        final Set<String> properties = StreamSupport.stream(value.spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(property -> !property.isBlank() && property.length() <= FieldRules.PROPERTY_NAME_CHARACTERS)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!value.isArray() || properties.size() != value.size() || properties.size() > GROUP_PROPERTIES) {
            fields.refuse("groupBy", "be a list of at most " + GROUP_PROPERTIES + " different names of properties");
        }
        return List.copyOf(properties);
    }

    private Optional<BigDecimal> limit(final String field) {
        if (fields.isAbsent(field)) {
            return Optional.empty();
        }
        final JsonNode value = fields.get(field);
        if (!value.isNumber() || FieldRules.value(value.decimalValue()).isPresent()) {
            fields.refuse(
                    field,
                    "be a number with at most " + (FieldRules.PRECISION - FieldRules.SCALE) + " digits before and "
                            + FieldRules.SCALE + " after the decimal point");
            return Optional.empty();
        }
        return Optional.of(value.decimalValue().setScale(FieldRules.SCALE));
    }

    private void refuseEmptyRange(final Optional<BigDecimal> minimum, final Optional<BigDecimal> maximum) {
        if (minimum.isPresent() && maximum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
            fields.refuse(
                    "maximum", "not be below minimum '" + fields.get("minimum").asText() + "'");
        }
    }
}
