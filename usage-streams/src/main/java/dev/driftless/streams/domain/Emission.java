package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What has been emitted of an aggregate, and when the rest is due.
 *
 * <p>Coalescing goes by the partition's time, never by the clock of a machine: a change is emitted at once unless the
 * last record is younger than the interval; then it is held until the partition's time reaches the end of the interval.
 * The records, their revisions included, are thereby a function of the log: a rerun emits the same.
 *
 * @param revision revision of the last record; 0 before the first
 * @param last the last record; nothing before the first
 * @param dueAt when the changes since then are to be emitted; nothing where there are none
 */
public record Emission(long revision, Optional<LastRecord> last, Optional<Instant> dueAt) {
    /** Before the first record. */
    public static final Emission NONE = new Emission(0, Optional.empty(), Optional.empty());

    /**
     * The last record.
     *
     * @param at the partition's time when it was emitted
     * @param quantity its quantity
     */
    public record LastRecord(Instant at, BigDecimal quantity) {}

    public Emission {
        requireNonNull(last);
        requireNonNull(dueAt);
    }

    /** Whether a change at this time is emitted at once. */
    public boolean isFree(final Instant now, final Duration interval) {
        return last.map(emitted -> !now.isBefore(emitted.at().plus(interval))).orElse(true);
    }

    /** After one more record. */
    public Emission emitted(final Instant now, final BigDecimal quantity) {
        return new Emission(revision + 1, Optional.of(new LastRecord(now, quantity)), Optional.empty());
    }

    /** After a change that is held until the interval since the last record is over. */
    public Emission held(final Duration interval) {
        final Instant emittedAt = last.orElseThrow(() -> new IllegalStateException("no record that could be followed"))
                .at();
        return new Emission(revision, last, Optional.of(emittedAt.plus(interval)));
    }
}
