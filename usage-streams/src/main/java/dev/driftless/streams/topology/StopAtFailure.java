package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.rules.FieldRules;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Says at which record the processing failed, by bug or outage, and has the thread stop there: nothing is ever resumed
 * past. The failure itself is logged by whoever decides what happens then.
 */
public final class StopAtFailure implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StopAtFailure.class);

    @Override
    public void configure(final Map<String, ?> configs) {
        // It has no settings.
    }

    @Override
    public Response handleError(
            final ErrorHandlerContext context, final Record<?, ?> record, final Exception exception) {
        final LoggingEventBuilder line = LOG.atError()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset());
        customer(context.sourceRawKey())
                .map(id -> line.addKeyValue("customer", id))
                .orElse(line)
                .log(
                        "processing stops at this record and takes it up again after a restart: {}",
                        exception.getClass().getName());
        return Response.fail();
    }

    /** The record's key where it can be a customer id; all else could be anything. */
    private static Optional<String> customer(final byte[] key) {
        if (key == null) {
            return Optional.empty();
        }
        try {
            final String id = UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
            return FieldRules.customerId(id).isEmpty() ? Optional.of(id) : Optional.empty();
        } catch (final CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
