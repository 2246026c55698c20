package dev.driftless.streams.topology.decode;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The schemas that events were written with, by id. What the registry has said is remembered: a schema for good, that an
 * id is unknown for a while, so that garbage does not become a request each. Not safe for use by several threads.
 */
final class WriterSchemas {
    /** How long "unknown" is believed. A producer registers a schema before it writes with it, so this is for garbage. */
    static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

    private static final int MOST_UNKNOWN = 10_000;
    private static final int NOT_FOUND = 404;

    private final SchemaRegistryClient registry;
    private final Clock clock;
    private final Map<Integer, Schema> known = new HashMap<>();
    private final Map<Integer, Instant> unknownUntil = new HashMap<>();

    WriterSchemas(final SchemaRegistryClient registry, final Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * The schema of an id; nothing if the registry does not have it or it is not Avro.
     *
     * @throws SchemaRegistryUnavailableException if the registry does not answer
     */
    Optional<Schema> byId(final int id) {
        final Schema schema = known.get(id);
        if (schema != null) {
            return Optional.of(schema);
        }
        if (isKnownToBeUnknown(id)) {
            return Optional.empty();
        }
        final Optional<Schema> fetched = fetch(id);
        fetched.ifPresentOrElse(found -> known.put(id, found), () -> rememberUnknown(id));
        return fetched;
    }

    private boolean isKnownToBeUnknown(final int id) {
        final Instant until = unknownUntil.get(id);
        return until != null && clock.instant().isBefore(until);
    }

    private void rememberUnknown(final int id) {
        if (unknownUntil.size() >= MOST_UNKNOWN) {
            unknownUntil.clear();
        }
        unknownUntil.put(id, clock.instant().plus(UNKNOWN_FOR));
    }

    private Optional<Schema> fetch(final int id) {
        try {
            final ParsedSchema parsed = registry.getSchemaById(id);
            return parsed instanceof AvroSchema avro ? Optional.of(avro.rawSchema()) : Optional.empty();
        } catch (final RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new SchemaRegistryUnavailableException(id, e);
        } catch (final IOException e) {
            throw new SchemaRegistryUnavailableException(id, e);
        }
    }
}
