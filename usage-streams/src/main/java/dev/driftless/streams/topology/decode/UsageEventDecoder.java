package dev.driftless.streams.topology.decode;

import dev.driftless.schemas.UsageEvent;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Reads usage events in Confluent wire format: a zero byte, the schema's id in 4 bytes big-endian, Avro.
 *
 * <p>Confluent's deserializer is not used here because it reports garbage and an unreachable registry by the same
 * exception, and because Avro's schema resolution ignores logical types: a value written as {@code decimal(38,2)} would be
 * read as {@code decimal(38,9)}, ten million times too small. This decoder refuses a writer's schema whose logical types
 * differ from ours.
 *
 * <p>Not safe for use by several threads.
 */
public final class UsageEventDecoder {
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final byte MAGIC = 0;
    /** Fields whose meaning hangs on their logical type. */
    private static final List<String> EXACT_FIELDS = List.of("value", "occurredAt");

    private final WriterSchemas schemas;
    private final Map<Integer, DatumReader<UsageEvent>> readers = new HashMap<>();
    private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

    /**
     * A decoder with a cache of its own.
     *
     * @param registry where writers' schemas are looked up
     * @param clock bounds how long an unknown id is believed to be unknown
     */
    public UsageEventDecoder(final SchemaRegistryClient registry, final Clock clock) {
        AvroLimits.apply();
        this.schemas = new WriterSchemas(registry, clock);
    }

    /**
     * Reads one event.
     *
     * @throws UndecodableException if the bytes are not a usage event
     * @throws SchemaRegistryUnavailableException if their schema is not known yet and the registry does not answer
     */
    public UsageEvent decode(final byte[] bytes) throws UndecodableException {
        if (bytes == null) {
            throw new UndecodableException("the record has no value");
        }
        if (bytes.length < HEADER_BYTES) {
            throw new UndecodableException(
                    bytes.length + " bytes are too few: a magic byte and a schema id take " + HEADER_BYTES);
        }
        if (bytes[0] != MAGIC) {
            throw new UndecodableException(
                    String.format("the first byte is 0x%02x, not 0x00: not in Confluent wire format", bytes[0]));
        }
        return read(bytes, reader(ByteBuffer.wrap(bytes).getInt(1)));
    }

    private UsageEvent read(final byte[] bytes, final DatumReader<UsageEvent> reader) throws UndecodableException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
        try {
            final UsageEvent event = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException("bytes are left over after the event");
            }
            return event;
        } catch (final IOException | RuntimeException | StackOverflowError e) {
            // What Avro throws for bad bytes is not specified: from EOFException to ArrayIndexOutOfBoundsException.
            // A writer's schema may be recursive, and its data nested deeper than the stack.
            throw new UndecodableException("the bytes do not fit their schema: " + e, e);
        }
    }

    private DatumReader<UsageEvent> reader(final int schemaId) throws UndecodableException {
        final DatumReader<UsageEvent> known = readers.get(schemaId);
        if (known != null) {
            return known;
        }
        final Schema writer = schemas.byId(schemaId)
                .orElseThrow(() -> new UndecodableException(
                        "schema id " + Integer.toUnsignedString(schemaId) + " is not an Avro schema in the registry"));
        final DatumReader<UsageEvent> reader = newReader(writer);
        readers.put(schemaId, reader);
        return reader;
    }

    private static DatumReader<UsageEvent> newReader(final Schema writer) throws UndecodableException {
        final Schema ours = UsageEvent.getClassSchema();
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UndecodableException("the schema is a " + writer.getType().getName() + ", not a UsageEvent");
        }
        for (final String field : EXACT_FIELDS) {
            requireSameLogicalType(field, writer, ours);
        }
        try {
            return new SpecificDatumReader<>(writer, ours, SpecificData.getForClass(UsageEvent.class));
        } catch (final AvroRuntimeException e) {
            throw new UndecodableException("the schema " + writer.getFullName() + " is not a UsageEvent: " + e, e);
        }
    }

    private static void requireSameLogicalType(final String field, final Schema writer, final Schema ours)
            throws UndecodableException {
        final Schema.Field written = writer.getField(field);
        if (written == null) {
            throw new UndecodableException("the schema " + writer.getFullName() + " has no field '" + field + "'");
        }
        final Schema expected = ours.getField(field).schema();
        if (!Objects.equals(written.schema().getLogicalType(), expected.getLogicalType())) {
            throw new UndecodableException(
                    "the schema's field '" + field + "' is " + written.schema() + ", which must be " + expected);
        }
    }
}
