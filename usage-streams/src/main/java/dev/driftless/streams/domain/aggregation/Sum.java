package dev.driftless.streams.domain.aggregation;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.Event;
import java.math.BigDecimal;
import java.util.Optional;

/** The sum of the values. */
final class Sum implements Accumulation {
    @Override
    public BigDecimal plus(final Aggregate before, final Event event, final DistinctValues values) {
        return before.tally().quantity().add(event.value());
    }

    @Override
    public Optional<Inverse> inverse() {
        return Optional.of((before, event, values) -> before.tally().quantity().subtract(event.value()));
    }

    @Override
    public boolean isAdditive() {
        return true;
    }
}
