package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Schemas of a registry with Confluent's API, asked over HTTP once each. Not safe for use by several threads. */
final class RegistrySchemas {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final String url;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Map<Integer, Optional<Schema>> byId = new HashMap<>();

    RegistrySchemas(final String url) {
        this.url = requireNonNull(url);
    }

    /** The Avro schema of an id, or nothing if the registry has none. */
    Optional<Schema> byId(final int id) {
        return byId.computeIfAbsent(id, this::fetch);
    }

    /** The latest schema of a subject. */
    Schema latest(final String subject) {
        return get("/subjects/" + subject + "/versions/latest")
                .map(RegistrySchemas::parse)
                .orElseThrow(() -> new RecountException("the registry at " + url + " has no subject " + subject));
    }

    private Optional<Schema> fetch(final int id) {
        return get("/schemas/ids/" + Integer.toUnsignedString(id))
                .filter(answer -> answer.path("schemaType").asText("AVRO").equals("AVRO"))
                .map(RegistrySchemas::parse);
    }

    private static Schema parse(final JsonNode answer) {
        return new Schema.Parser().parse(answer.path("schema").asText());
    }

    private Optional<JsonNode> get(final String path) {
        final HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build();
        try {
            final HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (response.statusCode() != OK) {
                throw new RecountException(request.uri() + " answered with status " + response.statusCode());
            }
            return Optional.of(json.readTree(response.body()));
        } catch (final IOException failure) {
            throw new RecountException(request.uri() + " does not answer: " + failure, failure);
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new RecountException("interrupted while asking " + request.uri(), interrupt);
        }
    }
}
