package dev.driftless.streams.domain;

/**
 * Where a record stands in the usage events.
 *
 * @param partition partition of the topic
 * @param offset offset in the partition
 */
public record SourcePosition(int partition, long offset) {}
