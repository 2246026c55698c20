package dev.driftless.gateway.intake;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.client.ConflictingKeyException;
import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageTooLargeException;
import dev.driftless.gateway.catalog.DoorRules;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.FieldError;
import dev.driftless.gateway.event.Reading;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.schemas.rules.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Judges events and hands the admissible ones to the log, a request at a time: all of them or, when there is no place for
 * so many, none. Safe for use by several threads.
 */
public final class Intake {
    private final DoorRules rules;
    private final UsageLog log;
    private final int limit;
    private final Semaphore places;

    /**
     * An intake with all places free.
     *
     * @param limit most events that are on their way at a time
     */
    public Intake(final DoorRules rules, final UsageLog log, final int limit) {
        this.rules = requireNonNull(rules);
        this.log = requireNonNull(log);
        this.limit = limit;
        this.places = new Semaphore(limit);
    }

    /** Events on their way. */
    public int inFlight() {
        return limit - places.availablePermits();
    }

    /**
     * Takes the events of a request.
     *
     * @return what becomes of each, at its index, once that is known of all; nothing if there is no place for them, and
     *     then none was sent
     */
    public Optional<CompletableFuture<List<Outcome>>> take(final List<Reading> readings) {
        final List<Judged> judged = readings.stream().map(this::judge).toList();
        final List<Usage> admitted =
                judged.stream().flatMap(event -> event.usage().stream()).toList();
        if (!places.tryAcquire(admitted.size())) {
            return Optional.empty();
        }
        return Optional.of(outcomes(judged, append(admitted)));
    }

    private Judged judge(final Reading reading) {
        if (reading instanceof Reading.Event event) {
            return rules.judge(event.usage())
                    .map(refusal -> Judged.refused(refusal, event.original()))
                    .orElseGet(() -> Judged.admitted(event));
        }
        final Reading.Refused refused = (Reading.Refused) reading;
        return Judged.refused(refused.refusal(), refused.original());
    }

    private List<CompletableFuture<Receipt>> append(final List<Usage> admitted) {
        final List<CompletableFuture<Receipt>> results;
        try {
            results = log.append(admitted);
        } catch (final RuntimeException e) {
            places.release(admitted.size());
            throw e;
        }
        return results.stream()
                .map(result -> result.whenComplete((receipt, failure) -> places.release()))
                .toList();
    }

    private static CompletableFuture<List<Outcome>> outcomes(
            final List<Judged> judged, final List<CompletableFuture<Receipt>> results) {
        final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>(judged.size());
        int next = 0;
        for (final Judged event : judged) {
            outcomes.add(
                    event.usage().isPresent()
                            ? outcome(event, results.get(next++))
                            : CompletableFuture.completedFuture(event.refused().orElseThrow()));
        }
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> outcomes.stream().map(CompletableFuture::join).toList());
    }

    private static CompletableFuture<Outcome> outcome(final Judged event, final CompletableFuture<Receipt> result) {
        final Usage usage = event.usage().orElseThrow();
        return result.handle((receipt, failure) ->
                failure == null ? new Outcome.Held(usage, receipt) : failed(event, usage, unwrapped(failure)));
    }

    private static Outcome failed(final Judged event, final Usage usage, final Throwable failure) {
        if (failure instanceof ConflictingKeyException) {
            return new Outcome.Refused(conflict(event, usage, failure.getMessage()), event.original());
        }
        if (failure instanceof UsageTooLargeException) {
            return new Outcome.Refused(Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE, failure.getMessage()), event.original());
        }
        return new Outcome.Unconfirmed(usage, String.valueOf(failure.getMessage()));
    }

    private static Refusal conflict(final Judged event, final Usage usage, final String message) {
        final String field = Stream.of("idempotencyKey", "eventId", "id")
                .filter(event.original()::has)
                .findFirst()
                .orElse("idempotencyKey");
        return new Refusal(
                ErrorCode.IDEMPOTENCY_CONFLICT,
                message,
                List.of(new FieldError(
                        field,
                        Violation.shown(usage.idempotencyKey()),
                        "be given once, or with the same content each time",
                        "send another event under a key of its own")));
    }

    private static Throwable unwrapped(final Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** An event with what the door says of it: it is either admitted or refused. */
    private record Judged(Optional<Usage> usage, Optional<Outcome> refused, JsonNode original) {
        static Judged admitted(final Reading.Event event) {
            return new Judged(Optional.of(event.usage()), Optional.empty(), event.original());
        }

        static Judged refused(final Refusal refusal, final JsonNode original) {
            return new Judged(Optional.empty(), Optional.of(new Outcome.Refused(refusal, original)), original);
        }
    }
}
