package dev.driftless.streams.topology;

import static java.util.Objects.requireNonNull;

import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.counting.ClosingRules;
import java.time.Duration;
import java.util.Optional;

/**
 * What the topology can be told, beside the names of its topics.
 *
 * @param window which events are admitted and how long their keys are remembered
 * @param dedupBuckets into how many time buckets the dedup window is cut: more of them free disk sooner, fewer need
 *     fewer look-ups per event (one more than there are buckets)
 * @param usageEventsRetention how long the brokers keep usage events; nothing for ever. The dedup store's changelog must
 *     be kept for as long on top of the dedup window
 * @param closing when a period closes, and what then becomes of its events
 * @param emissionInterval least broker time between two records of one aggregate; zero emits each change
 * @param idleDelay how long a partition with something left to emit may be silent before the application writes a tick
 *     into it
 * @param maxRecordBytes largest key and value of a record together, uncompressed; larger ones are rejected
 */
public record TopologySettings(
        AdmissionWindow window,
        int dedupBuckets,
        Optional<Duration> usageEventsRetention,
        ClosingRules closing,
        Duration emissionInterval,
        Duration idleDelay,
        int maxRecordBytes) {
    /** What brokers take into a topic by default, as {@code message.max.bytes}. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 1_048_588;

    /** Two look-ups per event; usage events kept for 42 days; at most one record a second per aggregate. */
    public static final TopologySettings DEFAULT = new TopologySettings(
            AdmissionWindow.DEFAULT,
            1,
            Optional.of(Duration.ofDays(42)),
            ClosingRules.DEFAULT,
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            DEFAULT_MAX_RECORD_BYTES);

    /** Settings with the largest record that brokers take by default. */
    public TopologySettings(
            final AdmissionWindow window,
            final int dedupBuckets,
            final Optional<Duration> usageEventsRetention,
            final ClosingRules closing,
            final Duration emissionInterval,
            final Duration idleDelay) {
        this(
                window,
                dedupBuckets,
                usageEventsRetention,
                closing,
                emissionInterval,
                idleDelay,
                DEFAULT_MAX_RECORD_BYTES);
    }

    /** @throws IllegalArgumentException naming the setting, its value and what is allowed */
    public TopologySettings {
        requireNonNull(window);
        requireNonNull(usageEventsRetention);
        requireNonNull(closing);
        if (dedupBuckets < 1 || dedupBuckets > 64) {
            throw new IllegalArgumentException("dedup buckets " + dedupBuckets + " must be 1 to 64");
        }
        if (emissionInterval.isNegative()) {
            throw new IllegalArgumentException("emission interval " + emissionInterval + " must not be negative");
        }
        if (idleDelay.toMillis() < 1) {
            throw new IllegalArgumentException("idle delay " + idleDelay + " must be at least 1 ms");
        }
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException("max record bytes " + maxRecordBytes + " must be at least 1");
        }
    }

    /** These settings for usage events that are kept for another time; nothing for ever. */
    public TopologySettings withUsageEventsRetention(final Optional<Duration> retention) {
        return new TopologySettings(
                window, dedupBuckets, retention, closing, emissionInterval, idleDelay, maxRecordBytes);
    }

    /**
     * How long after its end a period may still change: an event that belongs to it may arrive until it is too old, and be
     * taken back for as long as its key is remembered.
     */
    Duration changeableAfterEnd() {
        return window.admissibleAge().plus(window.dedupWindow());
    }
}
