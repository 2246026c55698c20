package dev.driftless.streams.domain;

import static java.util.Objects.requireNonNull;

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
 * @param emittedAt the partition's time at the last record
 * @param dueAt when the changes since then are to be emitted; nothing where there are none
 */
public record Emission(long revision, Optional<Instant> emittedAt, Optional<Instant> dueAt) {
    /** Before the first record. */
    public static final Emission NONE = new Emission(0, Optional.empty(), Optional.empty());

    public Emission {
        requireNonNull(emittedAt);
        requireNonNull(dueAt);
    }

    /** Whether a change at this time is emitted at once. */
    public boolean isFree(final Instant now, final Duration interval) {
        return emittedAt.map(last -> !now.isBefore(last.plus(interval))).orElse(true);
    }

    /** After one more record. */
    public Emission emitted(final Instant now) {
        return new Emission(revision + 1, Optional.of(now), Optional.empty());
    }

    /** After a change that is held until the interval since the last record is over. */
    public Emission held(final Duration interval) {
        final Instant last =
                emittedAt.orElseThrow(() -> new IllegalStateException("nothing was emitted that could be followed"));
        return new Emission(revision, emittedAt, Optional.of(last.plus(interval)));
    }
}
