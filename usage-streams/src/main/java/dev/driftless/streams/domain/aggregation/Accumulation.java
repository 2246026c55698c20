package dev.driftless.streams.domain.aggregation;

import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.domain.Tally;
import java.math.BigDecimal;
import java.util.Optional;

/** How the values of events become one quantity. Another aggregation is one implementation and one line in {@link Accumulations}. */
public interface Accumulation {
    /**
     * Refuses an event that this aggregation can't take in.
     *
     * @return nothing unless an implementation says otherwise
     */
    default Optional<Refusal> judge(final Event event, final Feature feature) {
        return Optional.empty();
    }

    /**
     * The exact quantity after one more event, which may lie outside of what a record can hold.
     *
     * @param before what was counted before
     * @param event the event
     * @param feature its feature
     * @param values the distinct values of the feature's unique property, for aggregations that need them
     */
    BigDecimal plus(Tally before, Event event, Feature feature, DistinctValues values);

    /** How an event is taken back; nothing where what was counted before it can't be told from the quantity. */
    default Optional<Inverse> inverse() {
        return Optional.empty();
    }

    /** Takes an event back. */
    @FunctionalInterface
    interface Inverse {
        /** The exact quantity without an event that was counted; parameters as for {@link Accumulation#plus}. */
        BigDecimal minus(Tally before, Event event, Feature feature, DistinctValues values);
    }
}
