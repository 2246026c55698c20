package dev.driftless.streams.domain.aggregation;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Refusal;
import java.math.BigDecimal;
import java.util.Optional;

/** The number of distinct values of the feature's unique property, exact at any cardinality. */
final class Unique implements Accumulation {
    @Override
    public Optional<Refusal> judge(final Event event, final Aggregate before) {
        final String property = property(before);
        return event.properties().containsKey(property)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        RejectionReason.INVALID,
                        "properties[" + property + "] must be given for feature '" + event.feature()
                                + "', which counts its distinct values"));
    }

    @Override
    public BigDecimal plus(final Aggregate before, final Event event, final DistinctValues values) {
        return values.add(valueOf(event, before))
                ? before.tally().quantity().add(BigDecimal.ONE)
                : before.tally().quantity();
    }

    @Override
    public Optional<Inverse> inverse() {
        return Optional.of((before, event, values) -> values.remove(valueOf(event, before))
                ? before.tally().quantity().subtract(BigDecimal.ONE)
                : before.tally().quantity());
    }

    private static String valueOf(final Event event, final Aggregate before) {
        return event.properties().get(property(before));
    }

    private static String property(final Aggregate aggregate) {
        return aggregate
                .uniqueProperty()
                .orElseThrow(() -> new IllegalStateException("no property is named by " + aggregate.key()));
    }
}
