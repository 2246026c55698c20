package dev.driftless.streams.topology.decode;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;

/** A registry that counts what it is asked, and that can be taken away. */
public final class CountingRegistry extends MockSchemaRegistryClient {
    private int requests;
    private Optional<Exception> outage = Optional.empty();

    /** Registers a schema under a subject of its own. */
    public int add(final Schema schema) {
        try {
            return register("subject-" + schema.hashCode(), new AvroSchema(schema));
        } catch (final IOException | RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    public void failWith(final Exception failure) {
        outage = Optional.of(failure);
    }

    public void recover() {
        outage = Optional.empty();
    }

    public int requests() {
        return requests;
    }

    @Override
    public ParsedSchema getSchemaById(final int id) throws IOException, RestClientException {
        requests++;
        if (outage.isPresent()) {
            if (outage.get() instanceof IOException failure) {
                throw failure;
            }
            if (outage.get() instanceof RestClientException failure) {
                throw failure;
            }
            throw new IllegalStateException(outage.get());
        }
        return super.getSchemaById(id);
    }
}
