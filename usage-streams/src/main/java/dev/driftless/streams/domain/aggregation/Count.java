package dev.driftless.streams.domain.aggregation;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.Event;
import java.math.BigDecimal;
import java.util.Optional;

/** The number of events, whatever their values. */
final class Count implements Accumulation {
    @Override
    public BigDecimal plus(final Aggregate before, final Event event, final DistinctValues values) {
        return before.tally().quantity().add(BigDecimal.ONE);
    }

    @Override
    public Optional<Inverse> inverse() {
        return Optional.of((before, event, values) -> before.tally().quantity().subtract(BigDecimal.ONE));
    }

    @Override
    public boolean isAdditive() {
        return true;
    }
}
