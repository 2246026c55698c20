package dev.driftless.streams.topology.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Records in Confluent wire format as any client could write them, well or badly. */
final class WireBytes {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private WireBytes() {}

    /** What is written after the header. */
    @FunctionalInterface
    interface Body {
        void writeTo(BinaryEncoder encoder) throws IOException;
    }

    static UsageEvent event() {
        return new UsageEvent(
                "acme",
                "api_calls",
                new BigDecimal("2.500000000"),
                "key \uD83D\uDE80",
                NOON,
                Map.of("region", "eu", "model", ""),
                UsageKind.USAGE,
                null);
    }

    static byte[] of(final int schemaId, final UsageEvent event) {
        return of(schemaId, encoder -> new SpecificDatumWriter<>(UsageEvent.class).write(event, encoder));
    }

    static byte[] of(final int schemaId, final GenericRecord generic) {
        return of(schemaId, encoder -> new GenericDatumWriter<>(generic.getSchema()).write(generic, encoder));
    }

    static byte[] of(final int schemaId, final Body body) {
        try {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(0);
            bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
            final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            body.writeTo(encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event in another writer's schema, as far as that has its fields; the rest at their defaults. */
    static GenericRecord in(final Schema schema) {
        final GenericRecord generic = new GenericData.Record(schema);
        for (final Schema.Field field : schema.getFields()) {
            generic.put(field.pos(), valueOf(field));
        }
        return generic;
    }

    private static Object valueOf(final Schema.Field field) {
        return switch (field.name()) {
            case "customerId" -> "acme";
            case "feature" -> "api_calls";
            case "value" ->
                ByteBuffer.wrap(new BigDecimal("2.500000000").unscaledValue().toByteArray());
            case "idempotencyKey" -> "key \uD83D\uDE80";
            case "occurredAt" -> NOON.toEpochMilli();
            case "properties" -> Map.of("region", "eu", "model", "");
            case "kind" -> new GenericData.EnumSymbol(field.schema(), "USAGE");
            case "voidedKey" -> null;
            default -> GenericData.get().getDefaultValue(field);
        };
    }

    /** Lengths and counts are varints; text is a length and bytes. */
    static void writeText(final BinaryEncoder encoder, final byte[] utf8) throws IOException {
        encoder.writeBytes(utf8);
    }

    static void writeText(final BinaryEncoder encoder, final String text) throws IOException {
        writeText(encoder, text.getBytes(UTF_8));
    }
}
