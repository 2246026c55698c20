package dev.driftless.schemas.rules;

import static java.util.Objects.requireNonNull;

/**
 * A field that breaks its rule.
 *
 * @param field name of the field as in the Avro schema, for a map entry {@code properties[name]}
 * @param value the offending value, shortened and with control characters made visible, fit for a log line
 * @param rule what is allowed, as a phrase that follows "must", for instance {@code be 1 to 200 characters}
 */
public record Violation(String field, String value, String rule) {
    private static final int SHOWN_CHARACTERS = 80;

    public Violation {
        requireNonNull(field);
        requireNonNull(value);
        requireNonNull(rule);
    }

    /** A violation by a value that may be absent or of any size; it is shown shortened. */
    public static Violation of(final String field, final Object value, final String rule) {
        return new Violation(field, shown(String.valueOf(value)), rule);
    }

    /** The violation as one sentence: field, value and rule. */
    public String message() {
        return field + " '" + value + "' must " + rule;
    }

    /** Shortens a text and replaces what could break or disguise a line of output by escapes like {@code \\u000a}. */
    public static String shown(final String text) {
        final StringBuilder shown = new StringBuilder();
        text.codePoints().limit(SHOWN_CHARACTERS).forEach(character -> {
            if (isDisguising(character)) {
                shown.append(String.format("\\u%04x", character));
            } else {
                shown.appendCodePoint(character);
            }
        });
        if (text.codePointCount(0, text.length()) > SHOWN_CHARACTERS) {
            shown.append('…');
        }
        return shown.toString();
    }

    private static boolean isDisguising(final int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
