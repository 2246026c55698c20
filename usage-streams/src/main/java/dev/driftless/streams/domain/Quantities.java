package dev.driftless.streams.domain;

import dev.driftless.schemas.Aggregation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** How each aggregation turns events into a quantity. Another aggregation is one function and one line here. */
public final class Quantities {
    private static final Map<Aggregation, Accumulation> ACCUMULATIONS = Map.of(
            Aggregation.SUM,
            (before, event) -> before.quantity().add(event.value()),
            Aggregation.COUNT,
            (before, event) -> before.quantity().add(BigDecimal.ONE),
            Aggregation.MAX,
            Quantities::larger,
            Aggregation.LATEST,
            Quantities::later);

    private Quantities() {}

    /** The quantity after one more event. */
    @FunctionalInterface
    public interface Accumulation {
        /**
         * The quantity once the event is counted too.
         *
         * @param before the aggregate without the event
         * @param event the event to count
         * @return the exact quantity, which may lie outside of what a record can hold
         */
        BigDecimal after(Aggregate before, Event event);
    }

    /** How an aggregation accumulates; nothing for one that this build does not know. */
    public static Optional<Accumulation> of(final Aggregation aggregation) {
        return Optional.ofNullable(ACCUMULATIONS.get(aggregation));
    }

    private static BigDecimal larger(final Aggregate before, final Event event) {
        return before.eventCount() == 0 ? event.value() : before.quantity().max(event.value());
    }

    private static BigDecimal later(final Aggregate before, final Event event) {
        // An equal occurred-at belongs to the event that comes later in the log.
        return before.lastOccurredAt()
                        .map(last -> !event.occurredAt().isBefore(last))
                        .orElse(true)
                ? event.value()
                : before.quantity();
    }
}
