package dev.driftless.gateway.intake;

import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where events are kept; {@link dev.driftless.client.UsageClient#trackBatch} is one. */
@FunctionalInterface
public interface UsageLog {
    /** Each event's own result, at the index of the event; a failure is a {@code UsageNotSentException}. */
    List<CompletableFuture<Receipt>> append(List<Usage> events);
}
