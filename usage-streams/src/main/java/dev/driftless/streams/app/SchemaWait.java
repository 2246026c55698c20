package dev.driftless.streams.app;

import dev.driftless.schemas.Topics;
import dev.driftless.schemas.serde.SchemaRegistration;
import dev.driftless.streams.app.hold.HeldPartitions;
import dev.driftless.streams.app.hold.HoldingClients;
import dev.driftless.streams.app.hold.SchemaLookups;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Clock;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process does about schemas that the registry has not told yet: their partitions wait, the others go on. */
final class SchemaWait implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaWait.class);

    private final SchemaLookups lookups;
    private final HeldPartitions held = new HeldPartitions();

    private SchemaWait(final SchemaLookups lookups) {
        this.lookups = lookups;
    }

    /** Knows the schemas of this build from the start, where the registry answers. */
    static SchemaWait of(final SchemaRegistryClient registry, final Topics topics) {
        final SchemaLookups lookups = new SchemaLookups(registry, Clock.systemUTC());
        SchemaRegistration.subjects(topics).forEach((subject, schema) -> learn(registry, lookups, subject, schema));
        return new SchemaWait(lookups);
    }

    private static void learn(
            final SchemaRegistryClient registry,
            final SchemaLookups lookups,
            final String subject,
            final Schema schema) {
        try {
            lookups.isTold(registry.getId(subject, new AvroSchema(schema)));
        } catch (final IOException | RestClientException e) {
            LOG.warn("the schema of {} is asked for when it is first met", subject, e);
        }
    }

    /** Kafka Streams that waits so; in the group protocol {@code streams}, which takes no clients but its own, it does not. */
    KafkaStreams streams(final Topology topology, final Properties properties) {
        final String protocol =
                properties.getProperty(StreamsConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC.name());
        return GroupProtocol.STREAMS.name().equalsIgnoreCase(protocol)
                ? new KafkaStreams(topology, properties)
                : new KafkaStreams(topology, properties, new HoldingClients(lookups, held));
    }

    /** How many partitions wait. */
    int waiting() {
        return held.now().size();
    }

    @Override
    public void close() {
        lookups.close();
    }
}
