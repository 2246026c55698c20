package dev.driftless.streams.app;

import dev.driftless.streams.app.ops.Response;
import dev.driftless.streams.app.ops.Restoration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * What probes are told.
 *
 * @param state one word
 * @param alive whether a restart of the process could not help
 * @param ready whether partitions are being processed
 * @param reason why it is not ready, for people; empty if it is
 * @param restoring what is being restored
 */
record Health(String state, boolean alive, boolean ready, String reason, List<Restoration> restoring) {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    Health {
        restoring = List.copyOf(restoring);
    }

    /** Not ready, but well. */
    static Health waiting(final String state, final String reason) {
        return new Health(state, true, false, reason, List.of());
    }

    /** As Kafka Streams' state says. */
    static Health of(final State state, final List<Restoration> restoring) {
        return switch (state) {
            case RUNNING -> new Health(state.name(), true, true, "", restoring);
            case CREATED -> new Health(state.name(), true, false, "it has not started yet", restoring);
            case REBALANCING ->
                new Health(state.name(), true, false, "partitions move, or their state is restored", restoring);
            case PENDING_SHUTDOWN -> new Health(state.name(), true, false, "it is stopping", restoring);
            case NOT_RUNNING -> new Health(state.name(), false, false, "it has stopped", restoring);
            case PENDING_ERROR, ERROR ->
                new Health(state.name(), false, false, "processing has failed for good; the log says why", restoring);
        };
    }

    /** Threads pause after an outage, whatever Kafka Streams' state is meanwhile, unless that is the last one. */
    static Health pausing(final State state, final List<Restoration> restoring) {
        return new Health(
                "PAUSED", of(state, restoring).alive(), false, "threads wait to restart after an outage", restoring);
    }

    /** Some threads run, and others, that replace failed ones, have no partitions yet. */
    static Health incomplete(final List<Restoration> restoring) {
        return new Health("INCOMPLETE", true, false, "threads wait for their partitions", restoring);
    }

    /** For {@code /livez}. */
    Response liveness() {
        final Map<String, Object> body = Map.of("alive", alive, "state", state);
        return Response.json(alive ? 200 : 503, body);
    }

    /** For {@code /readyz}. */
    Response readiness() {
        final Map<String, Object> body = new LinkedHashMap<>();
        body.put("ready", ready);
        body.put("state", state);
        if (ready) {
            return Response.json(200, body);
        }
        body.put("reason", reason);
        body.put("restoring", restoring);
        return Response.notNow(body, RETRY_AFTER);
    }
}
