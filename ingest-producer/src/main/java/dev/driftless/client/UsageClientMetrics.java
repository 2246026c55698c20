package dev.driftless.client;

/**
 * What a client did since it was created. {@code sent = acknowledged + failed + inFlight}.
 *
 * @param sent events that got a place in the buffer and were handed to the producer
 * @param acknowledged events that the brokers hold
 * @param failed events that were handed to the producer and were not confirmed
 * @param refused events that did not get that far: buffer full, interrupted, client closed, conflict within a batch
 * @param inFlight events on their way
 */
public record UsageClientMetrics(long sent, long acknowledged, long failed, long refused, long inFlight) {}
