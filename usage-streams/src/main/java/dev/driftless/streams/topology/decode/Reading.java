package dev.driftless.streams.topology.decode;

import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Refusal;
import java.util.Optional;

/** What a record says when it is read for itself, without regard to other records, the catalog or the time. */
public sealed interface Reading {
    /** A well-formed event. */
    record WellFormed(Event event) implements Reading {}

    /**
     * Not a well-formed event.
     *
     * @param event what the bytes say, where they can be read; its fields may break their rules
     */
    record Malformed(Optional<Event> event, Refusal refusal) implements Reading {}
}
