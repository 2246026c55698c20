package dev.driftless.streams.topology.store;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.CountedKeysDigest;
import dev.driftless.streams.domain.Emission;
import dev.driftless.streams.domain.Emission.LastRecord;
import dev.driftless.streams.domain.Tally;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Aggregates as bytes; the key is not part of them. Each event reads and writes one, so that it is done without Avro. */
final class AggregateCodec {
    private static final int VERSION = 1;

    byte[] encode(final Aggregate aggregate) {
        final StateWriter writer = new StateWriter(VERSION)
                .instant(aggregate.periodEnd())
                .text(aggregate.aggregation().name())
                .text(aggregate.unit())
                .text(aggregate.uniqueProperty())
                .text(aggregate.status().name())
                .number(aggregate.sourceOffset())
                .number(aggregate.catalogRevision());
        write(writer, aggregate.tally());
        write(writer, aggregate.emission());
        return writer.toBytes();
    }

    private static void write(final StateWriter writer, final Tally tally) {
        writer.decimal(scaled(tally.quantity()))
                .number(tally.eventCount())
                .number(tally.duplicateCount())
                .number(tally.lateCount())
                .number(tally.voidCount())
                .instant(tally.firstOccurredAt())
                .instant(tally.lastOccurredAt())
                .bytes(tally.countedKeys().bytes());
    }

    private static void write(final StateWriter writer, final Emission emission) {
        writer.number(emission.revision()).instant(emission.last().map(LastRecord::at));
        emission.last().ifPresent(last -> writer.decimal(scaled(last.quantity())));
        writer.instant(emission.dueAt());
    }

    Aggregate decode(final AggregateKey key, final byte[] bytes) {
        final StateReader reader = new StateReader(bytes, VERSION, "an aggregate");
        final Instant periodEnd = reader.instant();
        final Aggregation aggregation = Aggregation.valueOf(reader.text());
        final String unit = reader.text();
        final Optional<String> uniqueProperty = reader.optionalText();
        final PeriodStatus status = PeriodStatus.valueOf(reader.text());
        final long sourceOffset = reader.number();
        final long catalogRevision = reader.number();
        return new Aggregate(
                key,
                periodEnd,
                aggregation,
                unit,
                uniqueProperty,
                status,
                readTally(reader),
                sourceOffset,
                catalogRevision,
                readEmission(reader));
    }

    private static Tally readTally(final StateReader reader) {
        return new Tally(
                reader.decimal(),
                reader.number(),
                reader.number(),
                reader.number(),
                reader.number(),
                reader.optionalInstant(),
                reader.optionalInstant(),
                CountedKeysDigest.of(reader.bytes()));
    }

    private static Emission readEmission(final StateReader reader) {
        return new Emission(
                reader.number(),
                reader.optionalInstant().map(at -> new LastRecord(at, reader.decimal())),
                reader.optionalInstant());
    }

    private static BigDecimal scaled(final BigDecimal quantity) {
        return quantity.setScale(FieldRules.SCALE);
    }
}
