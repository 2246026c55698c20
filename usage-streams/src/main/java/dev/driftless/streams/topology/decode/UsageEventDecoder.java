package dev.driftless.streams.topology.decode;

import dev.driftless.schemas.UsageEvent;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Clock;

/** Reads usage events. Not safe for use by several threads. */
public final class UsageEventDecoder {
    private final WireDecoder<UsageEvent> decoder;

    /**
     * A decoder with a cache of its own.
     *
     * @param registry where writers' schemas are looked up
     * @param clock bounds how long an unknown id is believed to be unknown
     */
    public UsageEventDecoder(final SchemaRegistryClient registry, final Clock clock) {
        this.decoder = new WireDecoder<>(UsageEvent.class, registry, clock);
    }

    /**
     * Reads one event.
     *
     * @param bytes a record's value; null where it has none
     * @throws UndecodableException if the bytes are not a usage event
     * @throws SchemaRegistryUnavailableException if their schema is not known yet and the registry does not answer
     */
    public UsageEvent decode(final byte[] bytes) throws UndecodableException {
        return decoder.decode(bytes);
    }
}
