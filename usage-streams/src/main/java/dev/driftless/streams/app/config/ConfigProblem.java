package dev.driftless.streams.app.config;

import java.util.Optional;

/**
 * Something wrong with the configuration.
 *
 * @param setting name of the setting
 * @param given what was given, and where; never that of a secret
 * @param message what is allowed, or what else is wrong
 */
public record ConfigProblem(String setting, Optional<String> given, String message) {
    static ConfigProblem of(final String setting, final RawValue value, final String message) {
        return new ConfigProblem(setting, Optional.of(shown(setting, value)), message);
    }

    static String shown(final String setting, final RawValue value) {
        return Secrets.shown(setting, value.text()) + " (" + value.source() + ")";
    }

    @Override
    public String toString() {
        return setting + given.map(" = "::concat).orElse("") + ": " + message;
    }
}
