package dev.driftless.streams.domain.aggregation;

import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Tally;
import java.math.BigDecimal;

/** The largest value. It can't be taken back: the second largest is not kept. */
final class Max implements Accumulation {
    @Override
    public BigDecimal plus(final Tally before, final Event event, final Feature feature, final DistinctValues values) {
        return before.eventCount() == 0 ? event.value() : before.quantity().max(event.value());
    }
}
