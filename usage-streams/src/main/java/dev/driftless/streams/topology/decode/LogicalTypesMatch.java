package dev.driftless.streams.topology.decode;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * Whether a writer's schema means the same by its bytes as ours. Avro's schema resolution looks at types and not at
 * logical types, at no depth.
 */
final class LogicalTypesMatch {
    private LogicalTypesMatch() {}

    /**
     * The first difference, in words; nothing where there is none. A field or branch that only one of the two has is Avro's
     * to judge.
     */
    static Optional<String> difference(final Schema ours, final Schema written) {
        return difference("schema " + written.getName(), ours, written);
    }

    private static Optional<String> difference(final String path, final Schema ours, final Schema written) {
        return switch (written.getType()) {
            case UNION -> first(written.getTypes(), branch -> difference(path, ours, branch));
            case NULL -> Optional.empty();
            default -> first(branches(ours), branch -> differenceOfOne(path, branch, written));
        };
    }

    private static Optional<String> differenceOfOne(final String path, final Schema ours, final Schema written) {
        if (ours.getType() == Schema.Type.NULL) {
            return Optional.empty();
        }
        if (!Objects.equals(ours.getLogicalType(), written.getLogicalType())) {
            return Optional.of(path + " is " + written + ", which must be " + ours);
        }
        if (ours.getType() != written.getType()) {
            return Optional.empty();
        }
        return switch (ours.getType()) {
            case RECORD -> first(ours.getFields(), field -> ofField(path, field, written.getField(field.name())));
            case ARRAY -> difference(path + "[]", ours.getElementType(), written.getElementType());
            case MAP -> difference(path + "{}", ours.getValueType(), written.getValueType());
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofField(final String path, final Schema.Field ours, final Schema.Field written) {
        return written == null
                ? Optional.empty()
                : difference(path + ", field '" + ours.name() + "'", ours.schema(), written.schema());
    }

    private static List<Schema> branches(final Schema schema) {
        return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
    }

    private static <T> Optional<String> first(final List<T> all, final Function<T, Optional<String>> difference) {
        return all.stream().map(difference).flatMap(Optional::stream).findFirst();
    }
}
