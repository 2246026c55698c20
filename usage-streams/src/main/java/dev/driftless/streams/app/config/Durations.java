package dev.driftless.streams.app.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Durations as people write them: ISO 8601 ({@code PT5M}) or short ({@code 5m}, {@code 35d}, {@code 1h30m}). */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12}(ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    private Durations() {}

    /** The duration; {@link IllegalArgumentException} if the text is none. */
    public static Duration parse(final String text) {
        if (SHORT.matcher(text).matches()) {
            return PART.matcher(text)
                    .results()
                    .map(part -> part(Long.parseLong(part.group(1)), part.group(2)))
                    .reduce(Duration.ZERO, Duration::plus);
        }
        try {
            return Duration.parse(text);
        } catch (final DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no duration", e);
        }
    }

    /** The duration in the short form, exact to the millisecond. */
    public static String format(final Duration duration) {
        final String text = text(duration.toDaysPart(), "d")
                + text(duration.toHoursPart(), "h")
                + text(duration.toMinutesPart(), "m")
                + text(duration.toSecondsPart(), "s")
                + text(duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text;
    }

    private static String text(final long amount, final String unit) {
        return amount == 0 ? "" : amount + unit;
    }

    private static Duration part(final long amount, final String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
