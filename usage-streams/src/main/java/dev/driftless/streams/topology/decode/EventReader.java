package dev.driftless.streams.topology.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.topology.decode.Reading.Malformed;
import dev.driftless.streams.topology.decode.Reading.WellFormed;
import java.util.Arrays;
import java.util.Optional;

/** Reads a record's bytes as an event: decodes it, holds its key against the customer id and its fields against their rules. */
public final class EventReader {
    private final UsageEventDecoder decoder;
    private final int mostBytes;

    /**
     * A reader.
     *
     * @param mostBytes of a record's key and value together, uncompressed
     */
    public EventReader(final UsageEventDecoder decoder, final int mostBytes) {
        this.decoder = decoder;
        this.mostBytes = mostBytes;
    }

    /**
     * Reads one record.
     *
     * @param key the record's key, null where it has none
     * @param value the record's value, null where it has none
     * @throws SchemaRegistryUnavailableException if the schema is not known yet and the registry does not answer
     */
    public Reading read(final byte[] key, final byte[] value) {
        final long bytes = (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
        if (bytes > mostBytes) {
            return new Malformed(Optional.empty(), tooLarge(bytes));
        }
        final UsageEvent decoded;
        try {
            decoded = decoder.decode(value);
        } catch (final UndecodableException e) {
            return new Malformed(Optional.empty(), new Refusal(RejectionReason.UNDECODABLE, e.getMessage()));
        }
        final Event event = eventOf(decoded);
        if (!Arrays.equals(key, event.customerId().getBytes(UTF_8))) {
            return new Malformed(Optional.of(event), keyMismatch(key, event));
        }
        return FieldRules.check(decoded)
                .<Reading>map(violation -> new Malformed(Optional.of(event), Refusal.invalid(violation)))
                .orElseGet(() -> new WellFormed(event));
    }

    private Refusal tooLarge(final long bytes) {
        return new Refusal(
                RejectionReason.INVALID,
                "the record has " + bytes + " bytes uncompressed, at most max-record-bytes " + mostBytes
                        + " are allowed; its bytes are not repeated here");
    }

    private static Event eventOf(final UsageEvent decoded) {
        return new Event(
                decoded.getCustomerId(),
                decoded.getFeature(),
                decoded.getValue(),
                decoded.getIdempotencyKey(),
                decoded.getOccurredAt(),
                decoded.getProperties(),
                decoded.getKind(),
                Optional.ofNullable(decoded.getVoidedKey()));
    }

    private static Refusal keyMismatch(final byte[] key, final Event event) {
        final String shown = key == null ? "absent" : "'" + Violation.shown(new String(key, UTF_8)) + "'";
        return new Refusal(
                RejectionReason.KEY_MISMATCH,
                "the record's key is " + shown + ", which must be customerId '" + Violation.shown(event.customerId())
                        + "'");
    }
}
