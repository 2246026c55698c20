package dev.driftless.schemas.evolution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/**
 * Whether two versions of a schema can be read and written side by side without a change of meaning.
 *
 * <p>Avro's own check stands first, in both directions. It does not look at logical types, so that a decimal's other scale
 * or a timestamp's other unit passes it, nor does it mind a symbol that is taken from an enum with a default. Those are
 * checked here. A field is followed by its name alone: readers in other languages do not all know aliases.
 */
final class SchemaEvolution {
    private final List<String> breaks = new ArrayList<>();
    private final Set<String> visited = new HashSet<>();

    private SchemaEvolution() {}

    /** What keeps the two apart; empty where they are fully compatible. */
    static List<String> breaks(final Schema older, final Schema newer) {
        final SchemaEvolution evolution = new SchemaEvolution();
        evolution.requireReadable("backward", newer, older);
        evolution.requireReadable("forward", older, newer);
        evolution.compare(older.getName(), older, newer);
        return List.copyOf(evolution.breaks);
    }

    private void requireReadable(final String direction, final Schema reader, final Schema writer) {
        final SchemaPairCompatibility compatibility =
                SchemaCompatibility.checkReaderWriterCompatibility(withoutAliases(reader), withoutAliases(writer));
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            compatibility
                    .getResult()
                    .getIncompatibilities()
                    .forEach(each -> breaks.add(direction + ": " + each.getType() + " at " + each.getLocation() + ": "
                            + each.getMessage()));
        }
    }

    private static Schema withoutAliases(final Schema schema) {
        return new Schema.Parser().parse(schema.toString().replaceAll(",?\"aliases\":\\[[^]]*]", ""));
    }

    private void compare(final String path, final Schema older, final Schema newer) {
        if (older.getType() != newer.getType() || !visited.add(path)) {
            return;
        }
        if (!Objects.equals(logicalType(older), logicalType(newer))) {
            breaks.add(path + ": logical type " + logicalType(older) + " became " + logicalType(newer));
        }
        switch (older.getType()) {
            case RECORD ->
                older.getFields().forEach(field -> Optional.ofNullable(newer.getField(field.name()))
                        .ifPresent(kept -> compareField(path + "." + field.name(), field, kept)));
            case ENUM -> compareSymbols(path, older, newer);
            case ARRAY -> compare(path + "[]", older.getElementType(), newer.getElementType());
            case MAP -> compare(path + "{}", older.getValueType(), newer.getValueType());
            case UNION -> compareBranches(path, older, newer);
            default -> {}
        }
    }

    private void compareField(final String path, final Schema.Field older, final Schema.Field newer) {
        if (older.hasDefaultValue()
                && newer.hasDefaultValue()
                && !Objects.equals(String.valueOf(older.defaultVal()), String.valueOf(newer.defaultVal()))) {
            breaks.add(path + ": default " + older.defaultVal() + " became " + newer.defaultVal());
        }
        compare(path, older.schema(), newer.schema());
    }

    private void compareSymbols(final String path, final Schema older, final Schema newer) {
        final Set<String> removed = new TreeSet<>(older.getEnumSymbols());
        removed.removeAll(newer.getEnumSymbols());
        if (!removed.isEmpty()) {
            breaks.add(path + ": symbols " + removed + " were removed");
        }
        if (!Objects.equals(older.getEnumDefault(), newer.getEnumDefault())) {
            breaks.add(path + ": default symbol " + older.getEnumDefault() + " became " + newer.getEnumDefault());
        }
    }

    private void compareBranches(final String path, final Schema older, final Schema newer) {
        final var kept = newer.getTypes().stream().collect(Collectors.toMap(Schema::getFullName, branch -> branch));
        older.getTypes().forEach(branch -> Optional.ofNullable(kept.get(branch.getFullName()))
                .ifPresent(same -> compare(path + "|" + branch.getName(), branch, same)));
    }

    /** Name and parameters; also of a logical type that Avro does not know or finds malformed. */
    private static String logicalType(final Schema schema) {
        final String name = schema.getProp("logicalType");
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? name + "(" + decimal.getPrecision() + "," + decimal.getScale() + ")"
                : String.valueOf(name);
    }
}
