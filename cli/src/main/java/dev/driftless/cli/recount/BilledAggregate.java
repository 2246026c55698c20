package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The record of an aggregate with the highest revision. Instants are milliseconds since 1970.
 *
 * @param events events counted
 * @param duplicates copies that were not billed
 * @param late changes that came after the period of their event had closed
 * @param voids events taken back
 * @param previousQuantity of the record before, where a closed period was amended
 * @param digest of the counted keys, as a number
 * @param catalogRevision revision of the feature's definition that was used last
 */
public record BilledAggregate(
        long revision,
        String aggregation,
        String unit,
        BigDecimal quantity,
        long events,
        long duplicates,
        long late,
        long voids,
        Optional<Long> firstOccurredAt,
        Optional<Long> lastOccurredAt,
        long periodEnd,
        String status,
        Optional<BigDecimal> previousQuantity,
        BigInteger digest,
        int sourcePartition,
        long sourceOffset,
        long catalogRevision) {}
