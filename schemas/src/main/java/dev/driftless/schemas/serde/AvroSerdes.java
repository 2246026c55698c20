package dev.driftless.schemas.serde;

import static java.util.Objects.requireNonNull;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serdes for the generated records in Confluent wire format, through Confluent's own serializer.
 *
 * <p>They never register a schema: a typo in a topic name or an old build would otherwise change what all readers see.
 * {@link SchemaRegistration} is the one place that does.
 *
 * <p>All serdes of an instance share its client and so its cache. Instances are safe for use by several threads; each
 * serde that one hands out is to be used by one thread.
 */
public final class AvroSerdes {
    private final SchemaRegistryClient registry;
    private final Map<String, Object> configuration;

    /**
     * Serdes of one registry.
     *
     * @param registry the client all serdes use
     */
    public AvroSerdes(final SchemaRegistryClient registry) {
        this.registry = requireNonNull(registry);
        this.configuration = Map.of(
                // Required by Confluent's configuration; the client that is given is used.
                "schema.registry.url", "unused",
                "auto.register.schemas", false,
                "avro.remove.java.properties", true,
                "specific.avro.reader", true,
                "avro.use.logical.type.converters", true);
    }

    /** Serde for record keys of one type. */
    public <T extends SpecificRecord> Serde<T> key(final Class<T> type) {
        return serde(type, true);
    }

    /** Serde for record values of one type. */
    public <T extends SpecificRecord> Serde<T> value(final Class<T> type) {
        return serde(type, false);
    }

    private <T extends SpecificRecord> Serde<T> serde(final Class<T> type, final boolean isKey) {
        final KafkaAvroSerializer serializer = new KafkaAvroSerializer(registry);
        serializer.configure(new HashMap<>(configuration), isKey);
        final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer(registry);
        deserializer.configure(new HashMap<>(configuration), isKey);
        return Serdes.serdeFrom(serializing(serializer), deserializing(deserializer, type));
    }

    private static <T extends SpecificRecord> Serializer<T> serializing(final KafkaAvroSerializer serializer) {
        return new Serializer<>() {
            @Override
            public byte[] serialize(final String topic, final T data) {
                return serializer.serialize(topic, data);
            }

            @Override
            public void close() {
                serializer.close();
            }
        };
    }

    private static <T extends SpecificRecord> Deserializer<T> deserializing(
            final KafkaAvroDeserializer deserializer, final Class<T> type) {
        return new Deserializer<>() {
            @Override
            public T deserialize(final String topic, final byte[] data) {
                return type.cast(deserializer.deserialize(topic, data));
            }

            @Override
            public void close() {
                deserializer.close();
            }
        };
    }
}
