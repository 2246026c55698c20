package dev.driftless.streams.domain.counting;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.LatePolicy;
import dev.driftless.streams.domain.Feature;
import java.time.Duration;

/**
 * When a period closes, and what then becomes of its events.
 *
 * @param grace how long after its end a period stays open, of broker time
 * @param latePolicy what becomes of events of a closed period, unless their feature says otherwise
 * @param groupLimit how many combinations of groupBy values one customer may have of one feature in one period
 */
public record ClosingRules(Duration grace, LatePolicy latePolicy, int groupLimit) {
    /** An hour of grace; closed periods are amended; at most 1,000 groups. */
    public static final ClosingRules DEFAULT = new ClosingRules(Duration.ofHours(1), LatePolicy.AMEND, 1_000);

    /** @throws IllegalArgumentException naming the setting, its value and what is allowed */
    public ClosingRules {
        requireNonNull(latePolicy);
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace " + grace + " must not be negative");
        }
        if (groupLimit < 1) {
            throw new IllegalArgumentException("group limit " + groupLimit + " must be at least 1");
        }
    }

    /** What becomes of a feature's events of a closed period. */
    LatePolicy latePolicyOf(final Feature feature) {
        return feature.latePolicy().orElse(latePolicy);
    }
}
