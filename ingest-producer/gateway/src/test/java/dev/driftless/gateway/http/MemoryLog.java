package dev.driftless.gateway.http;

import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import dev.driftless.gateway.intake.UsageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log in memory, which confirms at once, when it is told to, or not at all. */
final class MemoryLog implements UsageLog {
    private final List<Usage> events = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Receipt>> held = new CopyOnWriteArrayList<>();
    private volatile Mode mode = Mode.CONFIRM;

    enum Mode {
        CONFIRM,
        WAIT,
        FAIL
    }

    @Override
    public synchronized List<CompletableFuture<Receipt>> append(final List<Usage> batch) {
        final List<CompletableFuture<Receipt>> results = new ArrayList<>();
        for (final Usage usage : batch) {
            final CompletableFuture<Receipt> result = new CompletableFuture<>();
            results.add(result);
            switch (mode) {
                case CONFIRM -> confirm(usage, result);
                case FAIL -> result.completeExceptionally(new IllegalStateException("the brokers did not confirm it"));
                case WAIT -> {
                    events.add(usage);
                    held.add(result);
                }
            }
        }
        return results;
    }

    private void confirm(final Usage usage, final CompletableFuture<Receipt> result) {
        events.add(usage);
        result.complete(new Receipt(usage.idempotencyKey(), 3, OptionalLong.of(events.size())));
    }

    void mode(final Mode wanted) {
        mode = wanted;
    }

    List<Usage> events() {
        return events;
    }

    int waiting() {
        return (int) held.stream().filter(result -> !result.isDone()).count();
    }

    void confirmAll() {
        for (int i = 0; i < held.size(); i++) {
            held.get(i).complete(new Receipt(events.get(i).idempotencyKey(), 0, OptionalLong.of(i)));
        }
    }
}
