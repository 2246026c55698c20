package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Something that is not as the raw events say.
 *
 * @param kind what it is
 * @param aggregate where it is, if in an aggregate
 * @param text what differs, for people
 * @param should what the aggregate should be; nothing if it should not be there
 * @param billed what is billed; nothing if nothing is
 * @param events those that explain it, or some of them
 */
public record Finding(
        Kind kind,
        Optional<AggregateName> aggregate,
        String text,
        Optional<Amount> should,
        Optional<Amount> billed,
        List<JudgedEvent> events) {
    public Finding {
        requireNonNull(kind);
        requireNonNull(text);
        events = List.copyOf(events);
    }

    /** A quantity, and of how many events. */
    public record Amount(BigDecimal quantity, long events) {}

    /** What a finding is. */
    public enum Kind {
        /** Raw events were deleted that were still needed, or not read yet. */
        RAW_TRUNCATED("the raw topic is truncated"),
        /** Fields differ although the set of events is right. */
        AGGREGATE_ALTERED("an aggregate is altered"),
        /** Nothing is billed for events that were counted. */
        AGGREGATE_REMOVED("an aggregate is missing"),
        /** A record stands twice, or under two names. */
        AGGREGATE_DOUBLED("an aggregate is doubled"),
        /** Billed, and no event is there. */
        AGGREGATE_UNEXPLAINED("an aggregate without events"),
        /** A revision is missing. */
        REVISION_GAP("a revision is missing"),
        /** A record that is none, or contradicts its key. */
        AGGREGATE_UNREADABLE("an aggregate cannot be read"),
        EVENT_COUNTED_TWICE("an event is counted twice"),
        EVENT_MISSING("an event is not counted"),
        EVENT_WRONGLY_COUNTED("an event is counted that should not be"),
        /** Same totals, other events. */
        KEY_SWAPPED("an event stands in for another"),
        WRONG_PERIOD("usage is billed in a wrong period"),
        /** Other events than these, which ones cannot be told. */
        SET_DIFFERS("the sets of events differ"),
        /** Counted or refused by a definition that was no longer the published one. */
        STALE_CATALOG("a stale catalog was used"),
        REJECTION_DIFFERS("a rejection is missing, wrong or doubled"),
        /** Found in a wrong partition and not passed on, or passed on twice. */
        REROUTE_DIFFERS("a misplaced event was not re-routed once");

        private final String title;

        Kind(final String title) {
            this.title = title;
        }

        /** For people. */
        public String title() {
            return title;
        }
    }

    static Finding of(final Kind kind, final String text) {
        return new Finding(kind, Optional.empty(), text, Optional.empty(), Optional.empty(), List.of());
    }

    static Finding of(final Kind kind, final AggregateName name, final String text) {
        return new Finding(kind, Optional.of(name), text, Optional.empty(), Optional.empty(), List.of());
    }
}
