package dev.driftless.streams.domain.aggregation;

import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.Event;
import java.math.BigDecimal;

/**
 * The value that occurred last; of two at the same time the one that comes later in the log. It can't be taken back: the
 * one before is not kept.
 */
final class Latest implements Accumulation {
    @Override
    public BigDecimal plus(final Aggregate before, final Event event, final DistinctValues values) {
        return before.tally()
                        .lastOccurredAt()
                        .filter(last -> event.occurredAt().isBefore(last))
                        .isPresent()
                ? before.tally().quantity()
                : event.value();
    }
}
