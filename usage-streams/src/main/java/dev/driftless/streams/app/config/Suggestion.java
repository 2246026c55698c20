package dev.driftless.streams.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** What somebody who mistyped a name may have meant. */
final class Suggestion {
    private Suggestion() {}

    /** The most similar candidate, if one differs in at most a third of its characters. */
    static Optional<String> of(final String name, final Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) * 3 <= Math.max(name.length(), candidate.length()));
    }

    /** Text that asks for the most similar candidate; empty where there is none. */
    static String text(final String name, final Collection<String> candidates) {
        return of(name, candidates)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }

    /** Levenshtein's distance. */
    private static int distance(final String a, final String b) {
        int[] previous = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
