package dev.driftless.streams.domain.aggregation;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Refusal;
import java.math.BigDecimal;
import java.util.Optional;

/** How the values of events become one quantity. Another aggregation is one implementation and one line in {@link Accumulations}. */
public interface Accumulation {
    /**
     * Refuses an event that this aggregation can't take in.
     *
     * @return nothing unless an implementation says otherwise
     */
    default Optional<Refusal> judge(final Event event, final Aggregate before) {
        return Optional.empty();
    }

    /**
     * The exact quantity after one more event, which may lie outside of what a record can hold.
     *
     * @param before the aggregate before it
     * @param event the event
     * @param values the distinct values of the aggregate's unique property, for aggregations that need them
     */
    BigDecimal plus(Aggregate before, Event event, DistinctValues values);

    /** How an event is taken back; nothing where what was counted before it can't be told from the quantity. */
    default Optional<Inverse> inverse() {
        return Optional.empty();
    }

    /**
     * Whether what an event contributes is the same in whatever aggregate it counts, so that it can be taken back in
     * another than its own.
     */
    default boolean isAdditive() {
        return false;
    }

    /** Takes an event back. */
    @FunctionalInterface
    interface Inverse {
        /** The exact quantity without an event that was counted; parameters as for {@link Accumulation#plus}. */
        BigDecimal minus(Aggregate before, Event event, DistinctValues values);
    }
}
