package dev.driftless.streams.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that settings have. */
final class SettingTypes {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:/@]+):\\d{1,5}");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,100}");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,15})\\s*(KiB|MiB|GiB|)");
    private static final int HIGHEST_PORT = 65_535;

    private SettingTypes() {}

    static SettingType<String> brokers() {
        return matching(
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .allMatch(broker -> HOST_AND_PORT.matcher(broker).matches()),
                "host:port, or several separated by commas",
                "HOST:PORT");
    }

    static SettingType<String> urls() {
        return matching(
                text -> Arrays.stream(text.split(",", -1)).allMatch(url -> isPlainUrl(url.strip())),
                "an http or https address without user and password, or several separated by commas",
                "URL");
    }

    static SettingType<String> topic() {
        return matching(
                text -> TOPIC.matcher(text).matches() && !text.equals(".") && !text.equals(".."),
                "1 to 249 of the characters a-z A-Z 0-9 . _ -",
                "TOPIC");
    }

    static SettingType<String> name() {
        return matching(text -> NAME.matcher(text).matches(), "1 to 100 of the characters a-z A-Z 0-9 . _ -", "NAME");
    }

    static SettingType<String> host() {
        return matching(text -> !text.isEmpty() && !text.contains(" "), "a host name or an IP address", "HOST");
    }

    static SettingType<Path> path() {
        return new SettingType<>(Path.class, "a path", "DIR", text -> {
            check(!text.isEmpty());
            return Path.of(text);
        });
    }

    static SettingType<Integer> port() {
        return integer(0, HIGHEST_PORT);
    }

    static SettingType<Integer> integer(final int least, final int most) {
        return new SettingType<>(Integer.class, "a whole number from " + least + " to " + most, "N", text -> {
            final int number = Integer.parseInt(text);
            check(least <= number && number <= most);
            return number;
        });
    }

    static SettingType<Short> replicationFactor() {
        return new SettingType<>(Short.class, "-1 (what the brokers default to) or 1 to 100", "N", text -> {
            final short number = Short.parseShort(text);
            check(number == -1 || (1 <= number && number <= 100));
            return number;
        });
    }

    static SettingType<Long> bytes(final long least, final long most) {
        return new SettingType<>(
                Long.class,
                "a number of bytes from " + least + " to " + most + ", also with KiB, MiB or GiB",
                "BYTES",
                text -> {
                    final var matcher = BYTES.matcher(text);
                    check(matcher.matches());
                    final long bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), factor(matcher.group(2)));
                    check(least <= bytes && bytes <= most);
                    return bytes;
                });
    }

    static SettingType<Duration> duration(final Duration least, final Duration most) {
        return new SettingType<>(
                Duration.class,
                "a duration from " + Durations.format(least) + " to " + Durations.format(most)
                        + ", written like 500ms, " + "90s, 5m, 36h, 35d, 1h30m or PT5M",
                "DURATION",
                text -> {
                    final Duration duration = Durations.parse(text);
                    check(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
                    return duration;
                });
    }

    static SettingType<Retention> retention() {
        return new SettingType<>(
                Retention.class, "forever, or a duration like 42d", "DURATION", text -> Retention.parse(text));
    }

    static <E extends Enum<E>> SettingType<E> oneOf(final Class<E> type) {
        final String names = Arrays.stream(type.getEnumConstants())
                .map(SettingTypes::lowerCase)
                .collect(Collectors.joining(" or "));
        return new SettingType<>(type, names, names.replace(" or ", "|"), text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> lowerCase(constant).equals(text))
                .findAny()
                .orElseThrow(IllegalArgumentException::new));
    }

    private static String lowerCase(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static SettingType<String> matching(
            final Predicate<String> rule, final String allowed, final String placeholder) {
        return new SettingType<>(String.class, allowed, placeholder, text -> {
            check(rule.test(text));
            return text;
        });
    }

    private static boolean isPlainUrl(final String text) {
        final URI uri = URI.create(text);
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getUserInfo() == null;
    }

    private static long factor(final String unit) {
        return switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> 1L;
        };
    }

    private static void check(final boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }
}
