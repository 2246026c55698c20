package dev.driftless.streams.app.hold;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.SchemaBuilder;

/** A registry in memory that can be away. */
final class OutageRegistry extends MockSchemaRegistryClient {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean isAway;

    void goAway() {
        isAway = true;
    }

    void comeBack() {
        isAway = false;
    }

    int asked() {
        return asked.get();
    }

    int add(final String name) {
        try {
            return register(
                    name, new AvroSchema(SchemaBuilder.record(name).fields().endRecord()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ParsedSchema getSchemaById(final int id) throws IOException, RestClientException {
        asked.incrementAndGet();
        if (isAway) {
            throw new ConnectException("Connection refused");
        }
        return super.getSchemaById(id);
    }
}
