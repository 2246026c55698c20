package dev.driftless.streams.domain;

import java.time.Instant;

/**
 * What is remembered of a counted event for the length of the dedup window.
 *
 * @param contentFingerprint fingerprint of its content, see {@link ContentFingerprint}
 * @param origin where the first copy stands
 * @param arrivedAt the partition's time when it was counted
 * @param periodStart start of the period into which it was counted
 */
public record Mark(long contentFingerprint, SourcePosition origin, Instant arrivedAt, Instant periodStart) {}
