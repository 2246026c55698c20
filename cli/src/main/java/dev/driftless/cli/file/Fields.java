package dev.driftless.cli.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.schemas.rules.Violation;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The fields of one mapping in a file. Reading one tells its problem and gives nothing where it breaks its rule. */
public final class Fields {
    private final JsonNode node;
    private final String path;
    private final BiConsumer<String, String> problems;

    /**
     * The fields of a mapping.
     *
     * @param node the mapping
     * @param path where it is, put before the names of its fields; empty, or with a dot at its end
     * @param problems takes field and message of each problem
     */
    public Fields(final JsonNode node, final String path, final BiConsumer<String, String> problems) {
        this.node = requireNonNull(node);
        this.path = requireNonNull(path);
        this.problems = requireNonNull(problems);
    }

    public JsonNode get(final String field) {
        return node.path(field);
    }

    public boolean isAbsent(final String field) {
        return get(field).isMissingNode() || get(field).isNull();
    }

    /** Tells a problem; the message is a phrase that follows the field. */
    public void problem(final String field, final String message) {
        problems.accept(path + field, message);
    }

    /** Tells that a field's value breaks a rule; the rule is a phrase that follows "must". */
    public void refuse(final String field, final String rule) {
        final JsonNode value = get(field);
        final String shown = value.isValueNode() ? value.asText() : value.toString();
        problem(
                field,
                isAbsent(field) ? "is missing: it must " + rule : "'" + Violation.shown(shown) + "' must " + rule);
    }

    public void refuseUnknown(final Set<String> known) {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                problem(Violation.shown(field), "is not a field: known are " + new TreeSet<>(known));
            }
        });
    }

    /** A text that has to be there. */
    public Optional<String> requiredText(final String field, final int most) {
        if (isAbsent(field)) {
            problem(field, "is missing");
        } else if (get(field).isTextual() && get(field).textValue().isBlank()) {
            refuse(field, "not be blank");
        }
        return text(field, most);
    }

    /** A text of at most so many characters. */
    public Optional<String> text(final String field, final int most) {
        if (isAbsent(field)) {
            return Optional.empty();
        }
        final JsonNode value = get(field);
        final boolean fits = value.isTextual()
                && value.textValue().codePointCount(0, value.textValue().length()) <= most;
        if (!fits) {
            refuse(field, "be a text of at most " + most + " characters");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** One of some constants, by its exact name. */
    public <E extends Enum<E>> Optional<E> constant(final String field, final Collection<E> allowed) {
        if (isAbsent(field)) {
            return Optional.empty();
        }
        final Optional<E> constant = allowed.stream()
                .filter(candidate -> get(field).isTextual()
                        && candidate.name().equals(get(field).textValue()))
                .findFirst();
        if (constant.isEmpty()) {
            refuse(field, "be one of " + allowed);
        }
        return constant;
    }

    /** An instant that has to be there. */
    public Optional<Instant> requiredInstant(final String field) {
        final Optional<Instant> instant =
                get(field).isTextual() ? Instants.parse(get(field).textValue()) : Optional.empty();
        if (instant.isEmpty()) {
            refuse(field, Instants.RULE);
        }
        return instant;
    }

    /** A flag, false where it is absent. */
    public boolean flag(final String field) {
        if (!isAbsent(field) && !get(field).isBoolean()) {
            refuse(field, "be true or false");
        }
        return get(field).asBoolean(false);
    }
}
