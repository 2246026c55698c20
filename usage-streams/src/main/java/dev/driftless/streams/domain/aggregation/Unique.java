package dev.driftless.streams.domain.aggregation;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.domain.Tally;
import java.math.BigDecimal;
import java.util.Optional;

/** The number of distinct values of the feature's unique property, exact at any cardinality. */
final class Unique implements Accumulation {
    @Override
    public Optional<Refusal> judge(final Event event, final Feature feature) {
        final String property = property(feature);
        return event.properties().containsKey(property)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        RejectionReason.INVALID,
                        "properties[" + property + "] must be given for feature '" + feature.code()
                                + "', which counts its distinct values"));
    }

    @Override
    public BigDecimal plus(final Tally before, final Event event, final Feature feature, final DistinctValues values) {
        return values.add(valueOf(event, feature)) ? before.quantity().add(BigDecimal.ONE) : before.quantity();
    }

    @Override
    public Optional<Inverse> inverse() {
        return Optional.of((before, event, feature, values) -> values.remove(valueOf(event, feature))
                ? before.quantity().subtract(BigDecimal.ONE)
                : before.quantity());
    }

    private static String valueOf(final Event event, final Feature feature) {
        return event.properties().get(property(feature));
    }

    private static String property(final Feature feature) {
        return feature.uniqueProperty()
                .orElseThrow(() -> new IllegalStateException("feature " + feature.code() + " names no property"));
    }
}
