package dev.driftless.streams.domain.aggregation;

import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Tally;
import java.math.BigDecimal;
import java.util.Optional;

/** The number of events, whatever their values. */
final class Count implements Accumulation {
    @Override
    public BigDecimal plus(final Tally before, final Event event, final Feature feature, final DistinctValues values) {
        return before.quantity().add(BigDecimal.ONE);
    }

    @Override
    public Optional<Inverse> inverse() {
        return Optional.of((before, event, feature, values) -> before.quantity().subtract(BigDecimal.ONE));
    }
}
