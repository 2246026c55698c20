package dev.driftless.streams.topology.decode;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records of one type in Confluent wire format: a zero byte, the schema's id in 4 bytes big-endian, Avro.
 *
 * <p>Confluent's deserializer is not used here because it reports garbage and an unreachable registry by the same
 * exception, and because Avro's schema resolution ignores logical types: a value written as {@code decimal(38,2)} would be
 * read as {@code decimal(38,9)}, ten million times too small. This decoder refuses a writer's schema whose logical types
 * differ from ours.
 *
 * <p>Not safe for use by several threads.
 */
public final class WireDecoder<T extends SpecificRecord> {
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final byte MAGIC = 0;
    private final Class<T> type;
    private final Schema ours;
    private final WriterSchemas schemas;
    private final Map<Integer, DatumReader<T>> readers = new HashMap<>();
    private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

    /**
     * A decoder with a cache of its own.
     *
     * @param type the generated class of the records
     * @param registry where writers' schemas are looked up
     * @param clock bounds how long an unknown id is believed to be unknown
     */
    public WireDecoder(final Class<T> type, final SchemaRegistryClient registry, final Clock clock) {
        AvroLimits.apply();
        this.type = type;
        this.ours = SpecificData.get().getSchema(type);
        this.schemas = new WriterSchemas(registry, clock);
    }

    /**
     * Reads one record.
     *
     * @throws UndecodableException if the bytes are not such a record
     * @throws SchemaRegistryUnavailableException if their schema is not known yet and the registry does not answer
     */
    public T decode(final byte[] bytes) throws UndecodableException {
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

    private T read(final byte[] bytes, final DatumReader<T> reader) throws UndecodableException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
        try {
            final T record = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException("bytes are left over after the record");
            }
            return record;
        } catch (final IOException | RuntimeException | StackOverflowError e) {
            // What Avro throws for bad bytes is not specified: from EOFException to ArrayIndexOutOfBoundsException.
            // A writer's schema may be recursive, and its data nested deeper than the stack.
            throw new UndecodableException("the bytes do not fit their schema: " + e, e);
        }
    }

    private DatumReader<T> reader(final int schemaId) throws UndecodableException {
        final DatumReader<T> known = readers.get(schemaId);
        if (known != null) {
            return known;
        }
        final Schema writer = schemas.byId(schemaId)
                .orElseThrow(() -> new UndecodableException(
                        "schema id " + Integer.toUnsignedString(schemaId) + " is not an Avro schema in the registry"));
        final DatumReader<T> reader = newReader(writer);
        readers.put(schemaId, reader);
        return reader;
    }

    private DatumReader<T> newReader(final Schema writer) throws UndecodableException {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UndecodableException(
                    "the schema is a " + writer.getType().getName() + ", not a " + ours.getName());
        }
        final Optional<String> difference = LogicalTypesMatch.difference(ours, writer);
        if (difference.isPresent()) {
            throw new UndecodableException("the " + difference.get());
        }
        try {
            return new SpecificDatumReader<>(writer, ours, SpecificData.getForClass(type));
        } catch (final AvroRuntimeException e) {
            throw new UndecodableException(
                    "the schema " + writer.getFullName() + " is not a " + ours.getName() + ": " + e, e);
        }
    }
}
