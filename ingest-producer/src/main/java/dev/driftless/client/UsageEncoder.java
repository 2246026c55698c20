package dev.driftless.client;

import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.rules.FieldRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Events as {@link UsageEvent} in Confluent wire format: a zero byte, the schema's id in four bytes, Avro binary. Equal
 * events give equal bytes. Safe for use by several threads.
 */
final class UsageEncoder {
    private static final int HEADER_BYTES = 5;
    /** Enough for most events. */
    private static final int EXPECTED_BYTES = 192;

    private final byte[] header;
    private final SpecificDatumWriter<UsageEvent> writer = new SpecificDatumWriter<>(UsageEvent.class);

    UsageEncoder(final int schemaId) {
        this.header =
                ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(schemaId).array();
    }

    byte[] encode(final Usage usage) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(EXPECTED_BYTES);
        bytes.writeBytes(header);
        final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(toRecord(usage), encoder);
            encoder.flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static UsageEvent toRecord(final Usage usage) {
        return new UsageEvent(
                usage.customer(),
                usage.feature(),
                usage.value().setScale(FieldRules.SCALE),
                usage.idempotencyKey(),
                usage.occurredAt(),
                usage.properties(),
                usage.kind(),
                usage.voidedKey().orElse(null));
    }
}
