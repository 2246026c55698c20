package dev.driftless.streams.topology.flow;

import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Mark;

/** What the aggregates are to take in. */
public sealed interface Countable {
    /** The event. */
    Admitted admitted();

    /**
     * A new event that the catalog and the clock admit.
     *
     * @param admitted the event
     * @param feature its feature's definition
     * @param isVoidAhead whether its void has come before it
     */
    record First(Admitted admitted, Feature feature, boolean isVoidAhead) implements Countable {}

    /**
     * One more copy of a counted event.
     *
     * @param admitted the copy
     * @param mark what is remembered of the first
     */
    record Repeat(Admitted admitted, Mark mark) implements Countable {}
}
