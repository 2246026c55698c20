package dev.driftless.gateway.event;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Why a request or an event was not taken.
 *
 * @param code the kind of reason
 * @param message what is wrong and what to do, for people
 * @param errors the fields that are to blame; none where it is no single field
 */
public record Refusal(ErrorCode code, String message, List<FieldError> errors) {
    public Refusal {
        requireNonNull(code);
        requireNonNull(message);
        errors = List.copyOf(errors);
    }

    /** A refusal that no single field is to blame for. */
    public static Refusal of(final ErrorCode code, final String message) {
        return new Refusal(code, message, List.of());
    }

    /** A refusal for fields; its message says the first. */
    public static Refusal of(final ErrorCode code, final List<FieldError> errors) {
        final FieldError first = errors.get(0);
        return new Refusal(code, first.message() + ": " + first.advice(), errors);
    }
}
