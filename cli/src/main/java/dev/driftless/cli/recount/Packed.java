package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Spilled.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.TreeMap;

/** State as bytes of this program's own: they are read by the version that wrote them, and by no other. */
final class Packed {
    static final Codec<AggregateName> NAME = codec(Packed::write, Packed::readName);
    static final Codec<SourcePosition> POSITION = codec(
            (out, position) -> {
                out.writeInt(position.partition());
                out.writeLong(position.offset());
            },
            in -> new SourcePosition(in.readInt(), in.readLong()));
    static final Codec<Hashes.Half> HALF = codec(
            (out, half) -> {
                out.writeLong(half.high());
                out.writeLong(half.low());
            },
            in -> new Hashes.Half(in.readLong(), in.readLong()));
    static final Codec<Integer> INT = codec(DataOutputStream::writeInt, DataInputStream::readInt);
    static final Codec<Long> LONG = codec(DataOutputStream::writeLong, DataInputStream::readLong);
    static final Codec<String> TEXT = codec((out, text) -> out.writeUTF(text), in -> in.readUTF());

    private Packed() {}

    /** Writes a value. */
    interface Writer<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    /** Reads a value. */
    interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    static <T> Codec<T> codec(final Writer<T> writer, final Reader<T> reader) {
        return new Codec<>(value -> bytes(writer, value), bytes -> value(reader, bytes));
    }

    private static <T> byte[] bytes(final Writer<T> writer, final T value) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.write(out, value);
        } catch (final IOException impossible) {
            throw new IllegalStateException("memory cannot be written", impossible);
        }
        return bytes.toByteArray();
    }

    private static <T> T value(final Reader<T> reader, final byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return reader.read(in);
        } catch (final IOException broken) {
            throw new RecountException("the work directory holds what this version cannot read: start anew", broken);
        }
    }

    static void write(final DataOutputStream out, final AggregateName name) throws IOException {
        out.writeUTF(name.customer());
        out.writeUTF(name.feature());
        out.writeLong(name.periodStart());
        out.writeInt(name.groups().size());
        for (final var group : name.groups().entrySet()) {
            out.writeUTF(group.getKey());
            out.writeUTF(group.getValue());
        }
    }

    static AggregateName readName(final DataInputStream in) throws IOException {
        final String customer = in.readUTF();
        final String feature = in.readUTF();
        final long periodStart = in.readLong();
        final TreeMap<String, String> groups = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            final String property = in.readUTF();
            groups.put(property, in.readUTF());
        }
        return new AggregateName(customer, feature, periodStart, groups);
    }

    static void write(final DataOutputStream out, final BigInteger number) throws IOException {
        final byte[] bytes = number.toByteArray();
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    static BigInteger readInteger(final DataInputStream in) throws IOException {
        return new BigInteger(in.readNBytes(in.readUnsignedShort()));
    }

    static void write(final DataOutputStream out, final BigDecimal number) throws IOException {
        out.writeInt(number.scale());
        write(out, number.unscaledValue());
    }

    static BigDecimal readDecimal(final DataInputStream in) throws IOException {
        final int scale = in.readInt();
        return new BigDecimal(readInteger(in), scale);
    }

    static <T> void writeOptional(final DataOutputStream out, final Optional<T> value, final Writer<T> writer)
            throws IOException {
        out.writeBoolean(value.isPresent());
        if (value.isPresent()) {
            writer.write(out, value.get());
        }
    }

    static <T> Optional<T> readOptional(final DataInputStream in, final Reader<T> reader) throws IOException {
        return in.readBoolean() ? Optional.of(reader.read(in)) : Optional.empty();
    }
}
