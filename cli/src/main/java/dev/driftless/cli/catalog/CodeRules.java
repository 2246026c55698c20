package dev.driftless.cli.catalog;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a feature code must be beyond its form: a name that still says in a year what is billed. A code cannot be renamed
 * once events carry it, so that the time to refuse a bad one is its registration.
 */
public final class CodeRules {
    /** Words that say nothing about what is metered, also as {@code usage_event} or {@code metric2}. */
    private static final Set<String> VAGUE_WORDS = Set.of(
            "action",
            "amount",
            "billing",
            "code",
            "count",
            "counter",
            "custom",
            "data",
            "default",
            "demo",
            "dummy",
            "event",
            "example",
            "feature",
            "foo",
            "bar",
            "baz",
            "generic",
            "item",
            "key",
            "measure",
            "meter",
            "metered",
            "metric",
            "misc",
            "my",
            "name",
            "new",
            "number",
            "old",
            "other",
            "product",
            "quantity",
            "sample",
            "something",
            "stuff",
            "temp",
            "test",
            "thing",
            "tmp",
            "todo",
            "total",
            "type",
            "unit",
            "unknown",
            "usage",
            "use",
            "used",
            "value",
            "xxx");

    private static final Pattern NUMBER_AT_END = Pattern.compile("(?<=[a-z])[0-9]+$");
    private static final Pattern NUMBER = Pattern.compile("v?[0-9]+");
    private static final int LEAST_CHARACTERS = 3;
    /** Shorter codes differ by a letter for good reasons: {@code cpu}, {@code gpu}. */
    private static final int LEAST_CHARACTERS_OF_A_TYPO = 6;

    private CodeRules() {}

    /** Why a code is too vague to be registered, as a phrase that follows the code; nothing where it is not. */
    public static Optional<String> vagueness(final String code) {
        if (code.length() < LEAST_CHARACTERS) {
            return Optional.of("is too short to say what is metered: use words such as api_calls or storage_gb_hours");
        }
        final Set<String> telling = words(code).filter(CodeRules::isTelling).collect(Collectors.toUnmodifiableSet());
        return telling.isEmpty()
                ? Optional.of("says nothing about what is metered: name the action or the resource,"
                        + " such as api_calls or storage_gb_hours")
                : Optional.empty();
    }

    private static boolean isTelling(final String word) {
        final String stem = NUMBER_AT_END.matcher(word).replaceAll("");
        return stem.length() > 1
                && !NUMBER.matcher(word).matches()
                && !VAGUE_WORDS.contains(stem)
                && !VAGUE_WORDS.contains(singular(stem));
    }

    /** The existing code that a new one is likely a slip for: same but for separators, plural or one typing error. */
    public static Optional<String> nearDuplicate(final String code, final Collection<String> existing) {
        return existing.stream()
                .filter(other -> !other.equals(code))
                .filter(other -> isNear(code, other))
                .sorted()
                .findFirst();
    }

    private static boolean isNear(final String code, final String other) {
        final String one = joined(code);
        final String two = joined(other);
        final String singularOne = joinedSingular(code);
        final String singularTwo = joinedSingular(other);
        return singularOne.equals(singularTwo) || isLikelyATypo(one, two) || isLikelyATypo(singularOne, singularTwo);
    }

    private static boolean isLikelyATypo(final String one, final String two) {
        return Math.min(one.length(), two.length()) >= LEAST_CHARACTERS_OF_A_TYPO
                && !differInNumbersOnly(one, two)
                && isOneTypoApart(one, two);
    }

    private static boolean differInNumbersOnly(final String one, final String two) {
        return one.replaceAll("[0-9]", "").equals(two.replaceAll("[0-9]", ""));
    }

    private static String joined(final String code) {
        return words(code).collect(Collectors.joining());
    }

    private static String joinedSingular(final String code) {
        return words(code).map(CodeRules::singular).collect(Collectors.joining());
    }

    private static Stream<String> words(final String code) {
        return Pattern.compile("_+")
                .splitAsStream(code.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty());
    }

    private static String singular(final String word) {
        if (word.length() > LEAST_CHARACTERS && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        final boolean plural = word.length() >= LEAST_CHARACTERS && word.endsWith("s") && !word.endsWith("ss");
        return plural ? word.substring(0, word.length() - 1) : word;
    }

    /** One letter more, one less, another one, or two neighbours swapped. */
    private static boolean isOneTypoApart(final String one, final String two) {
        if (Math.abs(one.length() - two.length()) > 1) {
            return false;
        }
        final int start = commonStart(one, two);
        final String restOfOne = one.substring(start);
        final String restOfTwo = two.substring(start);
        return tail(restOfOne, 1).equals(tail(restOfTwo, 1))
                || tail(restOfOne, 1).equals(restOfTwo)
                || restOfOne.equals(tail(restOfTwo, 1))
                || (isSwapped(restOfOne, restOfTwo) && tail(restOfOne, 2).equals(tail(restOfTwo, 2)));
    }

    private static int commonStart(final String one, final String two) {
        int start = 0;
        while (start < Math.min(one.length(), two.length()) && one.charAt(start) == two.charAt(start)) {
            start++;
        }
        return start;
    }

    private static String tail(final String text, final int from) {
        return text.substring(Math.min(from, text.length()));
    }

    private static boolean isSwapped(final String one, final String two) {
        return one.length() >= 2
                && two.length() >= 2
                && one.charAt(0) == two.charAt(1)
                && one.charAt(1) == two.charAt(0);
    }
}
