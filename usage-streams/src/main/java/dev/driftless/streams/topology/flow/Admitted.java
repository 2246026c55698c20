package dev.driftless.streams.topology.flow;

import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.KeyHash;

/**
 * An event that is well formed and stands in its partition.
 *
 * @param input the record it was read from
 * @param event the event
 * @param keyHash hash of its customer id and idempotency key
 * @param contentFingerprint fingerprint of its content
 */
public record Admitted(Input input, Event event, KeyHash keyHash, long contentFingerprint) {}
