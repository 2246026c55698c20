package dev.driftless.client;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * The brokers hold the event, on as many replicas as the topic asks for.
 *
 * @param idempotencyKey the event's key, also where it was generated
 * @param partition partition of the topic in which the event stands
 * @param offset its offset there; absent where the brokers confirmed a retry of the producer and no longer knew where
 *     the first try stands
 */
public record Receipt(String idempotencyKey, int partition, OptionalLong offset) {
    public Receipt {
        requireNonNull(idempotencyKey);
        requireNonNull(offset);
    }
}
