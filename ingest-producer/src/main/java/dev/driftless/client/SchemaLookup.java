package dev.driftless.client;

import dev.driftless.client.UsageClientStartException.Reason;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.serde.PublishedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The id under which the registry knows the schema that this client writes. It never registers one. */
final class SchemaLookup {
    private static final int NOT_FOUND = 404;

    private SchemaLookup() {}

    /** @throws UsageClientStartException if the registry does not have the schema, does not answer or refuses */
    static int schemaId(final UsageClientConfig config) {
        final Map<String, Object> properties = new HashMap<>();
        properties.put(
                "http.connect.timeout.ms", Math.toIntExact(config.startTimeout().toMillis()));
        properties.put(
                "http.read.timeout.ms", Math.toIntExact(config.startTimeout().toMillis()));
        properties.putAll(config.registryProperties());
        try (SchemaRegistryClient registry = new CachedSchemaRegistryClient(
                List.of(config.schemaRegistryUrl().split(",")), 1, properties)) {
            return schemaId(registry, config);
        } catch (final IOException e) {
            throw unavailable(config, "does not answer", e);
        }
    }

    static int schemaId(final SchemaRegistryClient registry, final UsageClientConfig config) {
        final String subject = config.topic() + "-value";
        try {
            return registry.getId(subject, new AvroSchema(PublishedSchema.of(UsageEvent.class)));
        } catch (final IOException e) {
            throw unavailable(config, "does not answer", e);
        } catch (final RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                throw new UsageClientStartException(
                        Reason.SCHEMA_NOT_REGISTERED,
                        "Schema registry " + config.schemaRegistryUrl() + " has no subject '" + subject
                                + "' with this version of "
                                + UsageEvent.getClassSchema().getFullName()
                                + "; register it with: ./driftless topics apply",
                        e);
            }
            throw unavailable(config, "refuses", e);
        }
    }

    private static UsageClientStartException unavailable(
            final UsageClientConfig config, final String what, final Exception cause) {
        return new UsageClientStartException(
                Reason.SCHEMA_REGISTRY_UNAVAILABLE,
                "Schema registry " + config.schemaRegistryUrl() + " " + what + ": " + cause.getMessage(),
                cause);
    }
}
