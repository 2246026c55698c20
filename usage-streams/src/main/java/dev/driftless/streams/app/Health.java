package dev.driftless.streams.app;

import dev.driftless.streams.app.RestoreProgress.Restoration;
import dev.driftless.streams.app.ops.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
