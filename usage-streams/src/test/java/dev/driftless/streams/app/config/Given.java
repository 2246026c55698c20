package dev.driftless.streams.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Configurations for tests. */
public final class Given {
    private Given() {}

    /** From flags alone. */
    public static AppConfig flags(final Map<String, String> flags) {
        return AppConfig.from(SettingSources.of(Optional.empty(), Map.of(), flags));
    }

    static AppConfig environment(final Map<String, String> environment) {
        return AppConfig.from(SettingSources.of(Optional.empty(), environment, Map.of()));
    }

    static AppConfig file(final Path directory, final String yaml) {
        return AppConfig.from(SettingSources.of(Optional.of(write(directory, yaml)), Map.of(), Map.of()));
    }

    static Path write(final Path directory, final String yaml) {
        try {
            return Files.writeString(directory.resolve("driftless.yaml"), yaml);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
