package dev.driftless.streams.domain.aggregation;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.Event;
import java.math.BigDecimal;

/** The largest value. It can't be taken back: the second largest is not kept. */
final class Max implements Accumulation {
    @Override
    public BigDecimal plus(final Aggregate before, final Event event, final DistinctValues values) {
        return before.tally().eventCount() == 0
                ? event.value()
                : before.tally().quantity().max(event.value());
    }
}
