package dev.driftless.streams.domain.aggregation;

import dev.driftless.schemas.Aggregation;
import java.util.Map;
import java.util.Optional;

/** The aggregations that this build knows. */
public final class Accumulations {
    private static final Map<Aggregation, Accumulation> KNOWN = Map.of(
            Aggregation.SUM, new Sum(),
            Aggregation.COUNT, new Count(),
            Aggregation.MAX, new Max(),
            Aggregation.LATEST, new Latest(),
            Aggregation.UNIQUE, new Unique());

    private Accumulations() {}

    /** How an aggregation accumulates; nothing for one that this build does not know. */
    public static Optional<Accumulation> find(final Aggregation aggregation) {
        return Optional.ofNullable(KNOWN.get(aggregation));
    }

    /**
     * How an aggregation accumulates.
     *
     * @throws IllegalArgumentException for one that this build does not know
     */
    public static Accumulation of(final Aggregation aggregation) {
        return find(aggregation)
                .orElseThrow(() -> new IllegalArgumentException("this build has no aggregation " + aggregation));
    }
}
