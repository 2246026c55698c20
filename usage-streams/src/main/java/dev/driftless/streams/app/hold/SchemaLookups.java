package dev.driftless.streams.app.hold;

import static java.util.Objects.requireNonNull;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the registry has told what the schema of an id is. A thread of its own asks it, again and again until it
 * answers, so that nobody waits here for longer than {@link #PATIENCE}, and not at all while the registry is known to be
 * away. Safe for use by several threads.
 */
public final class SchemaLookups implements AutoCloseable {
    /** A registry that is well answers within milliseconds. */
    static final Duration PATIENCE = Duration.ofMillis(200);
    /** Between two attempts to ask a registry that does not answer. */
    static final Duration AGAIN_AFTER = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(SchemaLookups.class);
    /** How long "there is no such schema" is believed; as long as where events are decoded. */
    private static final Duration ABSENT_FOR = Duration.ofSeconds(30);

    private static final int MOST_ABSENT = 10_000;
    private static final int NOT_FOUND = 404;

    private final SchemaRegistryClient registry;
    private final Clock clock;
    private final ExecutorService asking = Executors.newSingleThreadExecutor(task -> daemon(task, "schema-lookups"));
    private final Set<Integer> known = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Instant> absentUntil = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private volatile boolean isAway;

    /**
     * Lookups of one process.
     *
     * @param registry which remembers the schemas that it was asked for
     */
    public SchemaLookups(final SchemaRegistryClient registry, final Clock clock) {
        this.registry = requireNonNull(registry);
        this.clock = requireNonNull(clock);
    }

    private static Thread daemon(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether the registry has told the schema of an id, or that there is none; it is asked where it has not. */
    public boolean isTold(final int id) {
        if (known.contains(id) || isAbsent(id)) {
            return true;
        }
        final CompletableFuture<Void> answer = awaited.computeIfAbsent(id, this::ask);
        return isAway ? answer.isDone() : comesInTime(answer);
    }

    private boolean isAbsent(final int id) {
        final Instant until = absentUntil.get(id);
        return until != null && clock.instant().isBefore(until);
    }

    private static boolean comesInTime(final CompletableFuture<Void> answer) {
        try {
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (final TimeoutException e) {
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private CompletableFuture<Void> ask(final int id) {
        final CompletableFuture<Void> answer = new CompletableFuture<>();
        asking.execute(() -> ask(id, answer));
        return answer;
    }

    private void ask(final int id, final CompletableFuture<Void> answer) {
        try {
            registry.getSchemaById(id);
            known.add(id);
            told(id, answer);
        } catch (final RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                rememberAbsent(id);
                told(id, answer);
            } else {
                askAgain(id, answer, e);
            }
        } catch (final IOException | RuntimeException e) {
            askAgain(id, answer, e);
        }
    }

    private void told(final int id, final CompletableFuture<Void> answer) {
        isAway = false;
        awaited.remove(id);
        answer.complete(null);
    }

    private void askAgain(final int id, final CompletableFuture<Void> answer, final Exception failure) {
        if (!isAway) {
            LOG.warn("the schema registry does not answer for schema {}; events with it wait", id, failure);
        }
        isAway = true;
        CompletableFuture.delayedExecutor(AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS, asking)
                .execute(() -> ask(id, answer));
    }

    private void rememberAbsent(final int id) {
        if (absentUntil.size() >= MOST_ABSENT) {
            absentUntil.clear();
        }
        absentUntil.put(id, clock.instant().plus(ABSENT_FOR));
    }

    /** Asks no more. */
    @Override
    public void close() {
        asking.shutdownNow();
    }
}
