package dev.driftless.streams.topology.store;

/**
 * How many aggregates of a partition there are, by what their period is at.
 *
 * @param partition the partition
 * @param open of periods that go on
 * @param closing of periods that are over and wait for the end of the grace, or for their turn after it
 * @param closed of closed periods that late events or voids may still amend
 */
public record PeriodCounts(int partition, long open, long closing, long closed) {}
