package dev.driftless.streams.app;

import dev.driftless.streams.app.config.ConnectionConfig;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Clients of brokers and registry, as the configuration says. */
public final class Connections {
    /** Schemas that are remembered per subject; far more than there are. */
    private static final int MOST_SCHEMAS = 1_000;

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int READ_TIMEOUT_MILLIS = 10_000;

    private Connections() {}

    /**
     * A client that administers topics; to be closed.
     *
     * @param clientId by which brokers name it in their logs
     * @throws org.apache.kafka.common.KafkaException if no name of a broker can be resolved or a raw setting is wrong
     */
    public static Admin admin(final ConnectionConfig connection, final String clientId) {
        return Admin.create(StreamsProperties.ofAdmin(connection, clientId));
    }

    /** A client of the schema registry, safe for use by several threads; to be closed. Connects when it is first asked. */
    public static SchemaRegistryClient registry(final ConnectionConfig connection) {
        final Map<String, Object> settings = new HashMap<>();
        settings.put("http.connect.timeout.ms", CONNECT_TIMEOUT_MILLIS);
        settings.put("http.read.timeout.ms", READ_TIMEOUT_MILLIS);
        settings.putAll(connection.schemaRegistry());
        return new CachedSchemaRegistryClient(connection.schemaRegistryUrls(), MOST_SCHEMAS, settings);
    }
}
