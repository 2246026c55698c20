package dev.driftless.cli.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.cli.CliException;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How far a file was published, kept in a file beside it, so that a later run goes on from there, however much later: the
 * pipeline itself remembers idempotency keys for the dedup window only.
 *
 * @param digest of the file's content
 * @param settledTo every record up to this line is held by the brokers, or refused
 * @param isComplete whether that was the last
 */
record Checkpoint(String digest, long settledTo, boolean isComplete) {
    static Checkpoint start(final String digest) {
        return new Checkpoint(digest, 0, false);
    }

    /** @throws CliException if there is one that cannot be read */
    static Optional<Checkpoint> read(final Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            final JsonNode json = Json.read(Files.readAllBytes(file));
            return Optional.of(new Checkpoint(
                    json.path("digest").asText(),
                    json.path("settledTo").asLong(),
                    json.path("complete").asBoolean()));
        } catch (final IOException | MalformedJsonException e) {
            throw new CliException("cannot read " + file + ", which says how far the file was published: " + e, e);
        }
    }

    /** Replaces the file as a whole. */
    void write(final Path file) {
        final Path next = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.write(
                    next,
                    Json.write(Json.object()
                            .put("digest", digest)
                            .put("settledTo", settledTo)
                            .put("complete", isComplete)));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            throw new CliException("cannot write " + file + ": " + e, e);
        }
    }
}
