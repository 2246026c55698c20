package dev.driftless.streams.topology.decode;

/**
 * A schema is needed that is not known yet, and the registry does not answer. An outage, not a property of the event: the
 * event is read again once the registry is back.
 */
public final class SchemaRegistryUnavailableException extends RuntimeException {
    SchemaRegistryUnavailableException(final int schemaId, final Throwable cause) {
        super("schema " + schemaId + " is not known yet and the schema registry does not answer", cause);
    }
}
