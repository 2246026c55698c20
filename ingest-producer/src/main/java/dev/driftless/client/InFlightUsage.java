package dev.driftless.client;

import java.util.concurrent.CompletableFuture;

/**
 * One event on its way. It is settled once, by whoever comes first; its sender hears of it later, on another thread.
 * The two are apart, so that nothing a sender does to its future can touch the client's accounts.
 */
final class InFlightUsage {
    private final long sequence;
    private final Usage usage;
    private final CompletableFuture<Receipt> outcome = new CompletableFuture<>();
    private final CompletableFuture<Receipt> promise = new CompletableFuture<>();

    InFlightUsage(final long sequence, final Usage usage) {
        this.sequence = sequence;
        this.usage = usage;
    }

    /** Position in the order of sending. */
    long sequence() {
        return sequence;
    }

    Usage usage() {
        return usage;
    }

    /** What the sender holds. */
    CompletableFuture<Receipt> promise() {
        return promise;
    }

    /** What the client goes by; never handed out to a sender. */
    CompletableFuture<Receipt> outcome() {
        return outcome;
    }

    boolean isAcknowledged() {
        return outcome.isDone() && !outcome.isCompletedExceptionally();
    }
}
