package dev.driftless.bench.run;

import static java.util.Objects.requireNonNull;

import dev.driftless.bench.rival.PassThroughMain;
import dev.driftless.bench.rival.TutorialMain;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured.
 *
 * @param name as given on the command line
 * @param title what it is
 * @param rival the program that is run in the application's place; nothing for the application
 * @param settings settings that differ from what is shipped
 */
public record Case(String name, String title, Optional<String> rival, Map<String, String> settings) {
    /** What all ratios are to. */
    public static final Case PASS_THROUGH =
            new Case("a", "EOS byte pass-through", Optional.of(PassThroughMain.class.getName()), Map.of());

    /** Driftless with the settings that it is shipped with. */
    public static final Case SHIPPED = new Case("b", "Driftless as shipped", Optional.empty(), Map.of());

    /** The way of tutorials. */
    public static final Case TUTORIAL =
            new Case("t", "tutorial's deduplication", Optional.of(TutorialMain.class.getName()), Map.of());

    private static final List<Case> CASES = List.of(
            PASS_THROUGH,
            SHIPPED,
            changed("c-commit-100ms", "commit-interval", "100ms"),
            changed("c-commit-1s", "commit-interval", "1s"),
            changed("c-buckets-4", "dedup-buckets", "4"),
            changed("c-emission-10s", "emission-interval", "10s"),
            changed("c-cache-256m", "cache-size", "256MiB"),
            changed("c-rocksdb-64m", "rocksdb-memory", "64MiB"),
            changed("c-rocksdb-1g", "rocksdb-memory", "1GiB"),
            changed("c-lz4", "kafka", "producer.compression.type=lz4"),
            changed("c-threads-2", "stream-threads", "2"),
            TUTORIAL);

    public Case {
        requireNonNull(title);
        requireNonNull(rival);
        settings = Map.copyOf(settings);
    }

    /** All of them. */
    public static List<Case> all() {
        return CASES;
    }

    /** One of them. */
    public static Optional<Case> named(final String name) {
        return CASES.stream().filter(known -> known.name().equals(name)).findFirst();
    }

    /** Whether it is Driftless, and so can be recounted. */
    public boolean isDriftless() {
        return rival.isEmpty();
    }

    private static Case changed(final String name, final String setting, final String value) {
        return new Case(name, setting + " " + value, Optional.empty(), Map.of(setting, value));
    }
}
