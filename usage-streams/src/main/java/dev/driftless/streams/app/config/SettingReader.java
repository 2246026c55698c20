package dev.driftless.streams.app.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns text into values and collects everything that is wrong. For one thread. */
final class SettingReader {
    private final SettingSources sources;
    private final List<ConfigProblem> problems;
    private final Set<String> reported = new HashSet<>();

    SettingReader(final SettingSources sources) {
        this.sources = sources;
        this.problems = new ArrayList<>(sources.problems());
        Settings.all().forEach(this::validate);
    }

    private void validate(final Setting<?> setting) {
        sources.find(setting).ifPresent(raw -> {
            try {
                setting.type().parse(raw.text());
            } catch (final IllegalArgumentException | ArithmeticException e) {
                reported.add(setting.name());
                problem(ConfigProblem.of(
                        setting.name(), raw, "must be " + setting.type().allowed()));
            }
        });
    }

    /** The value that was given, if one was and it is right. */
    <T> Optional<T> given(final Setting<T> setting) {
        return sources.find(setting)
                .filter(raw -> !reported.contains(setting.name()))
                .map(raw -> setting.type().parse(raw.text()));
    }

    /** The value, or else the default of the table. */
    <T> T value(final Setting<T> setting) {
        return given(setting).orElseGet(() -> setting.type().parse(setting.defaultText()));
    }

    /** Builds from several settings; nothing if one of them is wrong, or if they do not go together, which is noted. */
    <T> Optional<T> together(final Supplier<T> builder, final Setting<?>... settings) {
        if (Arrays.stream(settings).anyMatch(setting -> reported.contains(setting.name()))) {
            return Optional.empty();
        }
        try {
            return Optional.of(builder.get());
        } catch (final IllegalArgumentException e) {
            problem(new ConfigProblem(
                    Arrays.stream(settings).map(this::shown).collect(Collectors.joining(", ")),
                    Optional.empty(),
                    e.getMessage()));
            return Optional.empty();
        }
    }

    private String shown(final Setting<?> setting) {
        return setting.name() + " = "
                + sources.find(setting)
                        .map(raw -> ConfigProblem.shown(setting.name(), raw))
                        .orElse("'" + setting.defaultText() + "' (default)");
    }

    void problem(final ConfigProblem problem) {
        problems.add(problem);
    }

    /** @throws ConfigException if anything is wrong */
    void throwIfWrong() {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
