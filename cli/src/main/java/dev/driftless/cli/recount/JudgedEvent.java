package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A copy of an event in the raw topic, and what the recount says became of it. Instants are milliseconds since 1970.
 *
 * @param position where it was first found
 * @param arrivedAt broker time there
 * @param kind {@code USAGE} or {@code VOID}
 * @param outcome {@code COUNTED}, {@code DUPLICATE}, or why it is rejected
 * @param into the aggregate into which it, or its first copy, was counted
 */
public record JudgedEvent(
        SourcePosition position,
        long arrivedAt,
        String customer,
        String feature,
        String key,
        BigDecimal value,
        long occurredAt,
        String kind,
        String outcome,
        Optional<AggregateName> into) {

    static Optional<JudgedEvent> of(final Outcomes.Settled settled) {
        return settled.event()
                .map(event -> new JudgedEvent(
                        settled.record().position(),
                        settled.record().arrivedAt(),
                        event.customer(),
                        event.feature(),
                        event.key(),
                        event.value(),
                        event.occurredAt(),
                        event.kind(),
                        settled.outcome(),
                        settled.into()));
    }
}
