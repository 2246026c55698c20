package dev.driftless.gateway.config;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.access.ApiKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the API keys are.
 *
 * @param written keys of the settings
 * @param file a file with further ones, which may change
 */
public record KeySource(List<String> written, Optional<Path> file) {
    public KeySource {
        written = List.copyOf(written);
        requireNonNull(file);
    }

    /**
     * The keys as they are now.
     *
     * @throws IllegalArgumentException if one is wrong or the file cannot be used; the message does not contain a key
     */
    public ApiKeys read() {
        return file.map(path -> ApiKeys.of(written, path)).orElseGet(() -> ApiKeys.of(written.stream()));
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return written.size() + " keys"
                + file.map(path -> " and those of " + path).orElse("");
    }
}
