package dev.driftless.cli.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.cli.ConnectionOptions;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads the records of a table's topic in their order, and decides as the application does: a row that can't be used is
 * left out, and the one before it stands. To be used once, by one thread.
 */
final class RowReader<V extends SpecificRecord> {
    private static final int NOT_FOUND = 404;

    private final TableSpec<V> spec;
    private final Deserializer<V> deserializer;
    private final int partitions;
    private final Map<String, V> byKey = new TreeMap<>();
    private final Map<Place, UnusableRow> unusable = new LinkedHashMap<>();

    private record Place(int partition, String key) {
        static Place of(final ConsumerRecord<byte[], byte[]> record) {
            return new Place(record.partition(), new String(record.key(), UTF_8));
        }
    }

    RowReader(final TableSpec<V> spec, final Deserializer<V> deserializer, final int partitions) {
        this.spec = spec;
        this.deserializer = deserializer;
        this.partitions = partitions;
    }

    /** @throws SerializationException if the registry does not say what a row is */
    void read(final ConsumerRecord<byte[], byte[]> record) {
        final String key = Place.of(record).key();
        final int right = rightPartition(record);
        unusable.remove(Place.of(record));
        if (right == record.partition() && record.value() == null) {
            byKey.remove(key);
        } else if (right == record.partition()) {
            read(key, record);
        } else if (record.value() != null) {
            refuse(record, true, "is not used: it must stand in partition " + right + ", where murmur2 puts it");
        }
    }

    Rows<V> rows() {
        return new Rows<>(byKey, List.copyOf(unusable.values()));
    }

    private int rightPartition(final ConsumerRecord<byte[], byte[]> record) {
        return spec.isByPartition() ? Utils.toPositive(Utils.murmur2(record.key())) % partitions : record.partition();
    }

    private void read(final String key, final ConsumerRecord<byte[], byte[]> record) {
        try {
            final V row = deserializer.deserialize(spec.topic(), record.value());
            final Optional<String> refusal = spec.rule().refusal(key, row);
            if (refusal.isEmpty()) {
                byKey.put(key, row);
            } else {
                refuse(record, false, "is not used: " + refusal.get());
            }
        } catch (final SerializationException | ClassCastException unreadable) {
            if (isOutage(unreadable)) {
                throw unreadable;
            }
            refuse(record, false, "cannot be read: " + ConnectionOptions.rootMessage(unreadable));
        }
    }

    private void refuse(final ConsumerRecord<byte[], byte[]> record, final boolean isMisplaced, final String why) {
        final Place place = Place.of(record);
        unusable.put(place, new UnusableRow(place.key(), record.partition(), record.offset(), isMisplaced, why));
    }

    /** A registry that does not know a schema says that the row is garbage; one that does not answer says nothing. */
    private static boolean isOutage(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientException refused) {
                return refused.getStatus() != NOT_FOUND;
            }
            if (cause instanceof IOException && !(cause instanceof EOFException)) {
                return true;
            }
        }
        return false;
    }
}
