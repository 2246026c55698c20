package dev.driftless.streams.topology.flow;

/**
 * An event whose key nothing was counted under.
 *
 * @param admitted the event
 * @param isVoidAhead whether its void has come before it
 */
public record Unseen(Admitted admitted, boolean isVoidAhead) {}
