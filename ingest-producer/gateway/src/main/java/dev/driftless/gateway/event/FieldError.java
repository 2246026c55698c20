package dev.driftless.gateway.event;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.rules.Violation;

/**
 * A field that breaks its rule, and what to do about it.
 *
 * @param field name of the field as it stands in the body
 * @param value the offending value, shortened
 * @param rule what is allowed, as a phrase that follows "must"
 * @param advice what to do
 */
public record FieldError(String field, String value, String rule, String advice) {
    public FieldError {
        requireNonNull(field);
        requireNonNull(value);
        requireNonNull(rule);
        requireNonNull(advice);
    }

    /** An error whose value is shown shortened, with control characters made visible. */
    static FieldError of(final String field, final String value, final String rule, final String advice) {
        return new FieldError(field, Violation.shown(value), rule, advice);
    }

    /** Field, value and rule as one sentence. */
    public String message() {
        return field + " '" + value + "' must " + rule;
    }
}
