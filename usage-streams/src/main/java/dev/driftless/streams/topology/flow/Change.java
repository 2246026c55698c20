package dev.driftless.streams.topology.flow;

import dev.driftless.streams.domain.Aggregate;
import java.time.Instant;
import java.util.Optional;

/** What makes the emission look whether something is due. */
public sealed interface Change {
    /** The partition's time. */
    Instant now();

    /** Offset of the last record read of this partition of the usage events. */
    Optional<Long> readTo();

    /**
     * The partition's time has moved; sent before the record that moved it has any effect.
     *
     * @param now the new time
     * @param readTo offset of the record before that
     */
    record TimeMoved(Instant now, Optional<Long> readTo) implements Change {}

    /**
     * An aggregate has changed.
     *
     * @param aggregate its new state
     */
    record AggregateMoved(Aggregate aggregate, Instant now, Optional<Long> readTo) implements Change {}
}
