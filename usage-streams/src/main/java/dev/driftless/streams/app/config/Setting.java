package dev.driftless.streams.app.config;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * One setting. Its name in the file is {@link #name}; the names in the environment and on the command line follow from it.
 *
 * @param group heading under which it is shown
 * @param name lower case, words joined by hyphens, for instance {@code dedup-window} or {@code topics.usage-events}
 * @param type what is allowed
 * @param defaultText the default as one would write it, or, if it follows from other settings, how
 * @param derived whether the default follows from other settings
 * @param description what it does and why the default is what it is
 */
public record Setting<T>(
        String group, String name, SettingType<T> type, String defaultText, boolean derived, String description) {
    /** What the names of all environment variables start with. */
    public static final String ENVIRONMENT_PREFIX = "DRIFTLESS_";

    public Setting {
        requireNonNull(group);
        requireNonNull(name);
        requireNonNull(type);
        requireNonNull(defaultText);
        requireNonNull(description);
    }

    /** Name of the environment variable, for instance {@code DRIFTLESS_DEDUP_WINDOW}. */
    public String environmentName() {
        return ENVIRONMENT_PREFIX + name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The flag, for instance {@code --dedup-window}. */
    public String flag() {
        return "--" + name;
    }
}
