package dev.driftless.client;

import static java.util.stream.Collectors.joining;

import dev.driftless.schemas.rules.Violation;
import java.util.List;

/** An event was refused before it was sent: at least one of its fields breaks its rule. */
public final class InvalidUsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    InvalidUsageException(final List<Violation> violations) {
        super(violations.stream().map(Violation::message).collect(joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Each field that breaks its rule, with its value and the rule, in the order of the schema; at least one. */
    public List<Violation> violations() {
        return violations;
    }

    /** The first of {@link #violations()}. */
    public Violation violation() {
        return violations.get(0);
    }
}
