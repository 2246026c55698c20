package dev.driftless.streams.topology.flow;

import dev.driftless.streams.domain.Aggregate;
import java.time.Instant;

/** What makes the emission look whether something is due. */
public sealed interface Change {
    /** The partition's time. */
    Instant now();

    /**
     * The partition's time has moved; sent before the record that moved it has any effect.
     *
     * @param now the new time
     */
    record TimeMoved(Instant now) implements Change {}

    /**
     * A record has moved an aggregate.
     *
     * @param aggregate its new state
     */
    record AggregateMoved(Aggregate aggregate, Instant now) implements Change {}

    /**
     * An open aggregate is over and must be closed before a late event moves it.
     *
     * @param aggregate its state
     */
    record AggregateOver(Aggregate aggregate, Instant now) implements Change {}

    /**
     * A subscription has changed, and with it the end of the period of an open aggregate.
     *
     * @param before its state until now
     * @param after its state with the new end
     */
    record EndMoved(Aggregate before, Aggregate after, Instant now) implements Change {}
}
