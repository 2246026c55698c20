package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads Avro in Confluent wire format as the reader's schema sees it, without any generated class. Not safe for use by
 * several threads.
 */
final class AvroValues {
    private static final int HEADER_BYTES = 5;
    /** Digits after the decimal point of every quantity, as in {@code decimal(38,9)}. */
    private static final int SCALE = 9;

    private final Schema reader;
    private final IntFunction<Optional<Schema>> writers;
    private final Map<Integer, Optional<GenericDatumReader<GenericRecord>>> readers = new HashMap<>();
    private BinaryDecoder decoder;

    /**
     * A reader of one type.
     *
     * @param reader the schema as which values are read
     * @param writers the schemas of the registry, by id
     */
    AvroValues(final Schema reader, final IntFunction<Optional<Schema>> writers) {
        this.reader = requireNonNull(reader);
        this.writers = requireNonNull(writers);
    }

    /** The record, or nothing where the bytes are not one of this type, from the first to the last. */
    Optional<GenericRecord> read(final byte[] bytes) {
        if (bytes == null || bytes.length < HEADER_BYTES || bytes[0] != 0) {
            return Optional.empty();
        }
        return readers.computeIfAbsent(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt(), this::readerOf)
                .flatMap(datumReader -> read(datumReader, bytes));
    }

    private Optional<GenericRecord> read(final GenericDatumReader<GenericRecord> datumReader, final byte[] bytes) {
        decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
        try {
            final GenericRecord read = datumReader.read(null, decoder);
            return decoder.isEnd() ? Optional.of(read) : Optional.empty();
        } catch (final IOException | RuntimeException garbage) {
            // Avro does not say what it throws for bytes that do not fit.
            return Optional.empty();
        }
    }

    private Optional<GenericDatumReader<GenericRecord>> readerOf(final int id) {
        return writers.apply(id).filter(this::meansTheSame).flatMap(this::resolved);
    }

    /** Avro itself takes a decimal of another scale for one of ours, and a text for a number of milliseconds. */
    private boolean meansTheSame(final Schema writer) {
        return writer.getType() == Schema.Type.RECORD
                && reader.getFields().stream()
                        .filter(field -> field.schema().getLogicalType() != null)
                        .allMatch(field -> writer.getField(field.name()) != null
                                && Objects.equals(
                                        writer.getField(field.name()).schema().getLogicalType(),
                                        field.schema().getLogicalType()));
    }

    private Optional<GenericDatumReader<GenericRecord>> resolved(final Schema writer) {
        try {
            return Optional.of(new GenericDatumReader<>(writer, reader));
        } catch (final AvroRuntimeException incompatible) {
            return Optional.empty();
        }
    }

    static String text(final GenericRecord from, final String field) {
        return from.get(field).toString();
    }

    static Optional<String> optionalText(final GenericRecord from, final String field) {
        return Optional.ofNullable(from.get(field)).map(Object::toString);
    }

    static long number(final GenericRecord from, final String field) {
        return ((Number) from.get(field)).longValue();
    }

    static Optional<Long> optionalNumber(final GenericRecord from, final String field) {
        return Optional.ofNullable((Long) from.get(field));
    }

    static byte[] bytes(final GenericRecord from, final String field) {
        return bytes((ByteBuffer) from.get(field));
    }

    static Optional<byte[]> optionalBytes(final GenericRecord from, final String field) {
        return Optional.ofNullable((ByteBuffer) from.get(field)).map(AvroValues::bytes);
    }

    static BigDecimal decimal(final GenericRecord from, final String field) {
        return new BigDecimal(new BigInteger(bytes(from, field)), SCALE);
    }

    static Optional<BigDecimal> optionalDecimal(final GenericRecord from, final String field) {
        return optionalBytes(from, field).map(unscaled -> new BigDecimal(new BigInteger(unscaled), SCALE));
    }

    static Map<String, String> texts(final GenericRecord from, final String field) {
        final Map<String, String> texts = new LinkedHashMap<>();
        ((Map<?, ?>) from.get(field)).forEach((name, value) -> texts.put(name.toString(), value.toString()));
        return texts;
    }

    /** A list of records with a name and a text each. */
    static Map<String, String> pairs(
            final GenericRecord from, final String field, final String name, final String value) {
        final Map<String, String> pairs = new LinkedHashMap<>();
        for (final Object pair : (List<?>) from.get(field)) {
            pairs.put(text((GenericRecord) pair, name), text((GenericRecord) pair, value));
        }
        return pairs;
    }

    private static byte[] bytes(final ByteBuffer buffer) {
        final byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
