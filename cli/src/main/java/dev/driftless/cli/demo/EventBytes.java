package dev.driftless.cli.demo;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.client.Usage;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageEvent;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes events in Confluent wire format as a foreign client would: whatever it is given, without any check. */
final class EventBytes {
    /** Digits after the decimal point of {@code decimal(38,9)}. */
    private static final int SCALE = 9;

    private final int eventSchema;
    private final int otherSchema;

    /**
     * Bytes for one registry.
     *
     * @param eventSchema id of the schema of usage events
     * @param otherSchema id of the schema of feature definitions
     */
    EventBytes(final int eventSchema, final int otherSchema) {
        this.eventSchema = eventSchema;
        this.otherSchema = otherSchema;
    }

    /**
     * Bytes for the registry of a stack.
     *
     * @throws CliException if the schemas are not registered there
     */
    static EventBytes of(final ConnectionOptions connection) {
        final SchemaRegistryClient registry = connection.registry();
        return new EventBytes(
                schemaId(registry, Topics.DEFAULT.usageEvents()), schemaId(registry, Topics.DEFAULT.featureCatalog()));
    }

    private static int schemaId(final SchemaRegistryClient registry, final String topic) {
        try {
            return registry.getLatestSchemaMetadata(topic + "-value").getId();
        } catch (final IOException | RestClientException failure) {
            throw new CliException("no schema of topic " + topic + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * The fields of an event, whether or not they keep their rules.
     *
     * @param unscaled the value times 10^9
     * @param occurredAt milliseconds since 1970
     * @param voidedKey null for none
     */
    record Fields(
            String customer,
            String feature,
            BigInteger unscaled,
            String key,
            long occurredAt,
            Map<String, String> properties,
            String kind,
            String voidedKey) {

        static Fields of(final Usage usage) {
            return new Fields(
                    usage.customer(),
                    usage.feature(),
                    EventBytes.unscaled(usage.value()),
                    usage.idempotencyKey(),
                    usage.occurredAt().toEpochMilli(),
                    usage.properties(),
                    "USAGE",
                    null);
        }

        Fields withCustomer(final String other) {
            return new Fields(other, feature, unscaled, key, occurredAt, properties, kind, voidedKey);
        }

        Fields withFeature(final String other) {
            return new Fields(customer, other, unscaled, key, occurredAt, properties, kind, voidedKey);
        }

        Fields withUnscaled(final BigInteger other) {
            return new Fields(customer, feature, other, key, occurredAt, properties, kind, voidedKey);
        }

        Fields withKey(final String other) {
            return new Fields(customer, feature, unscaled, other, occurredAt, properties, kind, voidedKey);
        }

        Fields withOccurredAt(final long other) {
            return new Fields(customer, feature, unscaled, key, other, properties, kind, voidedKey);
        }

        Fields withProperties(final Map<String, String> other) {
            return new Fields(customer, feature, unscaled, key, occurredAt, other, kind, voidedKey);
        }

        Fields withKind(final String other, final String otherVoidedKey) {
            return new Fields(customer, feature, unscaled, key, occurredAt, properties, other, otherVoidedKey);
        }
    }

    static BigInteger unscaled(final BigDecimal value) {
        return value.setScale(SCALE).unscaledValue();
    }

    byte[] event(final Fields fields) {
        final Schema schema = UsageEvent.getClassSchema();
        final GenericRecord event = new GenericData.Record(schema);
        event.put("customerId", fields.customer());
        event.put("feature", fields.feature());
        event.put("value", ByteBuffer.wrap(fields.unscaled().toByteArray()));
        event.put("idempotencyKey", fields.key());
        event.put("occurredAt", fields.occurredAt());
        event.put("properties", fields.properties());
        event.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), fields.kind()));
        event.put("voidedKey", fields.voidedKey());
        return framed(eventSchema, event);
    }

    /** A record of another type, rightly written. */
    byte[] ofAnotherSchema(final String code) {
        final GenericRecord definition = new GenericData.Record(FeatureDefinition.getClassSchema());
        final Schema schema = definition.getSchema();
        definition.put("code", code);
        definition.put("revision", 1L);
        definition.put(
                "aggregation",
                new GenericData.EnumSymbol(schema.getField("aggregation").schema(), "SUM"));
        definition.put("unit", "unit");
        definition.put("description", "");
        definition.put("effective", List.of());
        definition.put("groupBy", List.of());
        definition.put("wholeNumbers", false);
        return framed(otherSchema, definition);
    }

    private static byte[] framed(final int schemaId, final GenericRecord record) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
        final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }
}
