package dev.driftless.schemas.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of those who may come in. Without any, everyone may. */
public final class ApiKeys {
    private final List<ApiKey> keys;

    private ApiKeys(final List<ApiKey> keys) {
        this.keys = keys;
    }

    /**
     * Keys as {@link ApiKey#parse} reads them.
     *
     * @throws IllegalArgumentException saying what is wrong; the message does not contain a key
     */
    public static ApiKeys of(final Stream<String> written) {
        return new ApiKeys(written.map(ApiKey::parse).toList());
    }

    /**
     * Keys of the settings together with those of a file: one a line; blank lines and those that start with # are passed
     * over.
     *
     * @throws IllegalArgumentException if the file cannot be read, has no key, or a line is wrong; names the file and
     *     the line's number, never a key
     */
    public static ApiKeys of(final List<String> written, final Path file) {
        final ApiKeys others = of(written.stream());
        final List<ApiKey> ofFile = read(file);
        if (ofFile.isEmpty()) {
            throw new IllegalArgumentException("api-keys-file '" + file + "' must hold at least one key");
        }
        return new ApiKeys(Stream.concat(others.keys.stream(), ofFile.stream()).toList());
    }

    private static List<ApiKey> read(final Path file) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new IllegalArgumentException("api-keys-file '" + file + "' cannot be read: " + e, e);
        }
        return Stream.iterate(0, number -> number < lines.size(), number -> number + 1)
                .filter(number -> isKey(lines.get(number).strip()))
                .map(number -> parse(lines.get(number), file, number + 1))
                .toList();
    }

    private static boolean isKey(final String line) {
        return !line.isEmpty() && !line.startsWith("#");
    }

    private static ApiKey parse(final String line, final Path file, final int number) {
        try {
            return ApiKey.parse(line);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "api-keys-file '" + file + "', line " + number + ": " + e.getMessage(), e);
        }
    }

    /** Whether there are none, so that everyone may come in. */
    public boolean isOpen() {
        return keys.isEmpty();
    }

    /** How many there are. */
    public int size() {
        return keys.size();
    }

    /**
     * What a request with this key, or none, may do; nothing if it may not come in. All keys are compared, each in
     * constant time.
     */
    public Optional<ApiKey> find(final Optional<String> presented) {
        if (isOpen()) {
            return Optional.of(ApiKey.anyone());
        }
        final byte[] digest = ApiKey.sha256(presented.orElse(""));
        Optional<ApiKey> found = Optional.empty();
        for (final ApiKey key : keys) {
            if (key.hasDigest(digest) && presented.isPresent()) {
                found = Optional.of(key);
            }
        }
        return found;
    }
}
