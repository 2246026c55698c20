package dev.driftless.cli.ingest;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.driftless.cli.CliException;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClient;
import dev.driftless.gateway.catalog.DoorRules;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Reading;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.event.UsageReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * Publishes the records of one file. A record without idempotency key gets one from the file's digest and its line, so
 * that the same record of the same file has the same key in each run.
 */
final class FileIngest {
    private static final long SAVED_EVERY = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final UsageClient client;
    private final DoorRules rules;
    private final SideFile side;
    private final String keyPrefix;
    private final Settled settled;
    private final UsageReader reader = new UsageReader();
    private final AtomicLong published = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * An ingest.
     *
     * @param keyPrefix start of the keys of records that have none
     * @param from line up to which everything is settled already
     */
    FileIngest(
            final UsageClient client,
            final DoorRules rules,
            final SideFile side,
            final String keyPrefix,
            final long from) {
        this.client = client;
        this.rules = rules;
        this.side = side;
        this.keyPrefix = keyPrefix;
        this.settled = new Settled(from);
    }

    /** Records that the brokers hold, of this run. */
    long published() {
        return published.get();
    }

    /** Records that were refused, of this run. */
    long refused() {
        return side.lines();
    }

    /**
     * Publishes all records after those that are settled, and waits until the brokers hold them.
     *
     * @param saved told every now and then up to which line all is settled
     * @throws CliException if that fails; what is settled by then is told before
     */
    void run(final EventLines lines, final LongConsumer saved) {
        final long from = settled.upTo();
        try {
            long count = 0;
            for (Optional<EventLine> line = lines.next(); goesOn(line); line = lines.next()) {
                if (line.orElseThrow().number() > from) {
                    take(line.orElseThrow());
                }
                if (++count % SAVED_EVERY == 0) {
                    saved.accept(settled.upTo());
                }
            }
        } catch (final IOException e) {
            failure.compareAndSet(null, e);
        }
        final int unconfirmed = client.flush(PATIENCE).size();
        saved.accept(settled.upTo());
        if (failure.get() != null || unconfirmed > 0) {
            throw failed();
        }
    }

    private boolean goesOn(final Optional<EventLine> line) {
        return line.isPresent() && failure.get() == null;
    }

    private CliException failed() {
        final String why = failure.get() == null
                ? "the brokers do not answer"
                : failure.get().getMessage();
        return new CliException(
                "everything up to line " + settled.upTo() + " is settled, then: " + why
                        + "\nRun the same command again: it goes on from there, and nothing is counted twice.",
                failure.get());
    }

    private void take(final EventLine line) {
        settled.begin(line.number());
        final Reading reading = line.event()
                .map(event -> reader.read(event, Optional.of(keyPrefix + line.number())))
                .orElseGet(() -> new Reading.Refused(
                        Refusal.of(ErrorCode.VALIDATION_ERROR, line.problem()), NullNode.getInstance()));
        if (reading instanceof Reading.Event event) {
            final Optional<Refusal> refusal = rules.judge(event.usage());
            refusal.ifPresentOrElse(why -> refuse(line, why), () -> publish(line, event.usage()));
        } else if (reading instanceof Reading.Refused refused) {
            refuse(line, refused.refusal());
        }
    }

    private void refuse(final EventLine line, final Refusal refusal) {
        side.add(line, refusal);
        settled.settle(line.number());
    }

    private void publish(final EventLine line, final Usage usage) {
        final CompletableFuture<?> unused = client.track(usage).whenComplete((receipt, error) -> {
            if (error == null) {
                published.incrementAndGet();
                settled.settle(line.number());
            } else {
                failure.compareAndSet(null, error);
            }
        });
    }
}
