package dev.driftless.cli.recount;

import java.util.Optional;

/** Takes what a {@link Recounter} decides. */
interface Outcomes {
    /** Takes nothing. */
    Outcomes NONE = settled -> {};

    /**
     * What became of a record.
     *
     * @param record the record where it was first found
     * @param event what its bytes say, where they can be read
     * @param outcome {@code COUNTED}, {@code DUPLICATE}, or why it is rejected
     * @param moved the aggregate that it has changed
     * @param into name of the aggregate into which it, or its first copy, was counted
     */
    record Settled(
            RawRecord record,
            Optional<RawEvent> event,
            String outcome,
            Optional<AggregateTable.Named> moved,
            Optional<AggregateName> into) {
        boolean isRejected() {
            return !outcome.equals("COUNTED") && !outcome.equals("DUPLICATE");
        }
    }

    void settled(Settled settled);

    /** What the application did with an event that is older than its feature's definition; nothing if that does not matter. */
    default Optional<String> claim(final RawRecord record, final RawEvent event) {
        return Optional.empty();
    }

    /** A well-formed event that stands in another partition than its customer's; whether it is dealt with elsewhere. */
    default boolean misplaced(final RawRecord record, final RawEvent event, final int home) {
        return false;
    }
}
