package dev.driftless.cli.recount;

import java.time.Instant;

/**
 * Names an aggregate.
 *
 * @param periodStart milliseconds since 1970
 */
public record AggregateName(String customer, String feature, long periodStart) {
    @Override
    public String toString() {
        return customer + " / " + feature + " / " + Instant.ofEpochMilli(periodStart);
    }
}
