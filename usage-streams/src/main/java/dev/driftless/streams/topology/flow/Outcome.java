package dev.driftless.streams.topology.flow;

import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Refusal;
import java.util.Optional;

/** What became of one record; each record has exactly one. */
public sealed interface Outcome {
    /** The record. */
    Input input();

    /** First admissible sight of the event: its aggregate has moved and its key is marked. */
    record Counted(Input input) implements Outcome {}

    /** A copy of a counted event: nothing is billed. */
    record Duplicate(Input input) implements Outcome {}

    /**
     * Not counted; the key is not marked, so that a corrected or re-driven event still counts.
     *
     * @param event the event where the bytes could be read
     */
    record Rejected(Input input, Optional<Event> event, Refusal refusal) implements Outcome {}

    /** Found in a partition that is not its customer's, and passed on to that. */
    record Rerouted(Input input) implements Outcome {}

    /** Not usage: tells the partition the time. */
    record Tick(Input input) implements Outcome {}
}
