package dev.driftless.streams.provisioning;

import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How long topics keep their records. */
final class RetentionRules {
    private static final long FOREVER = -1;

    private RetentionRules() {}

    /** Usage events are kept for as long as the settings say: not shorter than the dedup window, and not longer. */
    static List<Requirement> usage(final ProvisioningSettings settings) {
        final long wanted = millis(settings.usageEventsRetention());
        return List.of(
                retention(
                        wanted,
                        is -> isLonger(is, settings.dedupWindow().toMillis()),
                        "longer than the dedup window, "
                                + settings.dedupWindow().toMillis(),
                        "what was counted could not be recounted",
                        Severity.BROKEN),
                retention(
                        wanted,
                        is -> !isLonger(is, wanted),
                        "at most usage-events-retention, " + wanted,
                        "idempotency keys are kept for events of that age only: older ones, read anew, could be counted"
                                + " twice",
                        Severity.BROKEN),
                retention(
                        wanted,
                        is -> !isLonger(wanted, is),
                        "usage-events-retention, " + wanted,
                        "usage events go earlier than intended",
                        Severity.ADVISORY),
                noLimitBySize("usage events that were not read yet could be deleted"));
    }

    /** Rejected records are kept for as long as the settings say. */
    static List<Requirement> rejected(final ProvisioningSettings settings) {
        final long wanted = millis(settings.usageRejectedRetention());
        return List.of(
                retention(
                        wanted,
                        is -> !isLonger(wanted, is),
                        "at least usage-rejected-retention, " + wanted,
                        "rejected records go earlier than intended",
                        Severity.ADVISORY),
                noLimitBySize("rejected records could be deleted before anybody has seen them"));
    }

    /** The changelog of idempotency keys keeps them for as long as an event they are needed for can be read. */
    static Requirement dedupChangelog(final ProvisioningSettings settings) {
        final long needed = millis(settings.usageEventsRetention().map(settings.dedupWindow()::plus));
        return retention(
                needed,
                is -> !isLonger(needed, is),
                "at least dedup-window + usage-events-retention, " + needed,
                "after a restore, idempotency keys that are still needed would be missing",
                Severity.BROKEN);
    }

    private static Requirement retention(
            final long value,
            final Predicate<Long> holds,
            final String mustBe,
            final String why,
            final Severity severity) {
        return new Requirement(
                RETENTION_MS_CONFIG,
                Long.toString(value),
                is -> Numbers.parse(is).filter(holds).isPresent(),
                mustBe,
                why,
                severity);
    }

    private static Requirement noLimitBySize(final String why) {
        return Requirement.exactly(RETENTION_BYTES_CONFIG, Long.toString(FOREVER), why);
    }

    private static long millis(final Optional<Duration> retention) {
        return retention.map(Duration::toMillis).orElse(FOREVER);
    }

    /** Whether one retention is longer than another. */
    private static boolean isLonger(final long one, final long other) {
        return other != FOREVER && (one == FOREVER || one > other);
    }
}
