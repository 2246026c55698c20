package dev.driftless.streams.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Holds everything that is wrong with it. */
public final class ConfigException extends RuntimeException {
    private final transient List<ConfigProblem> problems;

    ConfigException(final List<ConfigProblem> problems) {
        super(problems.stream()
                .map(problem -> "  " + problem)
                .collect(Collectors.joining("\n", "the configuration cannot be used:\n", "")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, at least one. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
