package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The record of an aggregate with the highest revision. Instants are milliseconds since 1970.
 *
 * @param events events counted
 * @param duplicates copies that were not billed
 * @param late events counted after their own period had closed
 * @param digest of the counted keys, as a number
 */
public record BilledAggregate(
        long revision,
        String aggregation,
        String unit,
        BigDecimal quantity,
        long events,
        long duplicates,
        long late,
        Optional<Long> firstOccurredAt,
        Optional<Long> lastOccurredAt,
        long periodEnd,
        String status,
        BigInteger digest,
        int sourcePartition,
        long sourceOffset) {}
