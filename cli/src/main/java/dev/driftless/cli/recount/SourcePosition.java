package dev.driftless.cli.recount;

/** Where a record stands in the raw events. */
public record SourcePosition(int partition, long offset) {
    @Override
    public String toString() {
        return "partition " + partition + ", offset " + offset;
    }
}
