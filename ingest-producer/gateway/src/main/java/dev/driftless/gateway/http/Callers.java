package dev.driftless.gateway.http;

import dev.driftless.schemas.access.ApiKey;
import dev.driftless.schemas.access.ApiKeys;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds who sends. The keys can be exchanged at any time; requests that are on their way go on under the old ones. Safe
 * for use by several threads.
 */
final class Callers {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final int eventsPerSecond;
    private final int burst;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private volatile ApiKeys keys;

    /**
     * Callers with these keys.
     *
     * @param eventsPerSecond most events of a key in a second, on average; 0 for no bound
     * @param largestBatch so many it may send at once, else no such batch could ever be sent
     */
    Callers(final ApiKeys keys, final int eventsPerSecond, final int largestBatch) {
        this.keys = keys;
        this.eventsPerSecond = eventsPerSecond;
        this.burst = Math.max(eventsPerSecond, largestBatch);
    }

    /** From now on these keys hold, and no others. */
    void renew(final ApiKeys renewed) {
        keys = renewed;
    }

    /** Who comes with this key, or with none; nothing if nobody knows it. */
    Optional<ApiKey> find(final Optional<String> presented) {
        return keys.find(presented);
    }

    /** The sender with this key. */
    Caller caller(final ApiKey key) {
        return new Caller(
                key,
                eventsPerSecond == 0
                        ? Optional.empty()
                        : Optional.of(buckets.computeIfAbsent(key.id(), id -> newBucket())));
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(eventsPerSecond, SECOND))
                .build();
    }
}
