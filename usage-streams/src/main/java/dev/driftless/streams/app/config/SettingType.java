package dev.driftless.streams.app.config;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * How a setting's text becomes a value.
 *
 * @param javaType class of the value
 * @param allowed what is allowed, for people, such that it completes "must be …"
 * @param placeholder one word for the value, for the help text
 * @param parser throws {@link IllegalArgumentException} if the text is not allowed
 */
public record SettingType<T>(Class<T> javaType, String allowed, String placeholder, Function<String, T> parser) {
    public SettingType {
        requireNonNull(javaType);
        requireNonNull(allowed);
        requireNonNull(placeholder);
        requireNonNull(parser);
    }

    /** The value; {@link IllegalArgumentException} if the text is not allowed. */
    T parse(final String text) {
        return parser.apply(text.strip());
    }
}
