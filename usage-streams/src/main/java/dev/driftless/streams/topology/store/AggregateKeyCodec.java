package dev.driftless.streams.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.AggregateKey.GroupValue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Aggregate keys as bytes: customer id, feature, start of the period in milliseconds (8 bytes big-endian), groups. Each
 * text stands behind its length in 2 bytes, so that no two keys have the same bytes, all aggregates of a customer stand
 * together, and those of a customer and feature in the order of their periods.
 */
final class AggregateKeyCodec {
    private AggregateKeyCodec() {}

    static Bytes encode(final AggregateKey key) {
        final List<byte[]> texts = new ArrayList<>();
        texts.add(key.customerId().getBytes(UTF_8));
        texts.add(key.feature().getBytes(UTF_8));
        for (final GroupValue group : key.groups()) {
            texts.add(group.property().getBytes(UTF_8));
            texts.add(group.value().getBytes(UTF_8));
        }
        int length = Long.BYTES;
        for (final byte[] text : texts) {
            length += Short.BYTES + text.length;
        }
        final ByteBuffer bytes = ByteBuffer.allocate(length);
        put(bytes, texts.get(0));
        put(bytes, texts.get(1));
        bytes.putLong(key.periodStart().toEpochMilli());
        texts.subList(2, texts.size()).forEach(text -> put(bytes, text));
        return Bytes.wrap(bytes.array());
    }

    /** What the bytes of all keys of a customer start with, and of no other. */
    static Bytes prefixOf(final String customerId) {
        final byte[] customer = customerId.getBytes(UTF_8);
        final ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES + customer.length);
        put(bytes, customer);
        return Bytes.wrap(bytes.array());
    }

    static AggregateKey decode(final Bytes encoded) {
        final ByteBuffer bytes = ByteBuffer.wrap(encoded.get());
        final String customerId = get(bytes);
        final String feature = get(bytes);
        final Instant periodStart = Instant.ofEpochMilli(bytes.getLong());
        final List<GroupValue> groups = new ArrayList<>();
        while (bytes.hasRemaining()) {
            groups.add(new GroupValue(get(bytes), get(bytes)));
        }
        return new AggregateKey(customerId, feature, periodStart, groups);
    }

    private static void put(final ByteBuffer bytes, final byte[] text) {
        if (text.length > 0xFFFF) {
            throw new IllegalArgumentException("a text of " + text.length + " bytes is too long for a key");
        }
        bytes.putShort((short) text.length).put(text);
    }

    private static String get(final ByteBuffer bytes) {
        final byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(text);
        return new String(text, UTF_8);
    }
}
