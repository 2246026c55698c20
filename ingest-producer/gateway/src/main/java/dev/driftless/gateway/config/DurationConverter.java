package dev.driftless.gateway.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations written like 500ms, 90s, 5m, 36h, 35d, 1d12h, or as ISO 8601 has them. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern MILLIS = Pattern.compile("\\d{1,12}ms");
    private static final Pattern WITH_DAYS = Pattern.compile("(\\d+D)(.*)");

    @Override
    public Duration convert(final String text) {
        if (MILLIS.matcher(text).matches()) {
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
        try {
            return Duration.parse(iso(text.toUpperCase(Locale.ROOT)));
        } catch (final DateTimeParseException | ArithmeticException e) {
            throw new TypeConversionException(
                    "'" + text + "' must be a duration, written like 500ms, 90s, 5m, 36h, 35d or PT5M");
        }
    }

    private static String iso(final String text) {
        if (text.startsWith("P")) {
            return text;
        }
        final var days = WITH_DAYS.matcher(text);
        if (days.matches()) {
            return days.group(2).isEmpty() ? "P" + text : "P" + days.group(1) + "T" + days.group(2);
        }
        return "PT" + text;
    }
}
