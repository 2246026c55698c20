package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * A usage event as its bytes say, whether or not its fields keep their rules.
 *
 * @param occurredAt milliseconds since 1970
 */
record RawEvent(
        String customer,
        String feature,
        BigDecimal value,
        String key,
        long occurredAt,
        Map<String, String> properties,
        String kind,
        Optional<String> voidedKey) {

    static RawEvent of(final GenericRecord decoded) {
        return new RawEvent(
                AvroValues.text(decoded, "customerId"),
                AvroValues.text(decoded, "feature"),
                AvroValues.decimal(decoded, "value"),
                AvroValues.text(decoded, "idempotencyKey"),
                AvroValues.number(decoded, "occurredAt"),
                AvroValues.texts(decoded, "properties"),
                AvroValues.text(decoded, "kind"),
                AvroValues.optionalText(decoded, "voidedKey"));
    }
}
