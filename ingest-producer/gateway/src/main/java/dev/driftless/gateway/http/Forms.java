package dev.driftless.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.EventReader;
import dev.driftless.gateway.event.FieldError;
import dev.driftless.gateway.event.Reading;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.gateway.http.EventsEndpoint.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the events of a body are. */
final class Forms {
    private static final String EVENTS = "events";

    private Forms() {}

    /** One event. */
    static Batch single(final EventReader reader, final JsonNode body, final Optional<String> key) {
        return new Batch(List.of(reader.read(body, key)), true);
    }

    /**
     * An array of events, or an object with nothing but such an array named {@code events}. Where the request has an
     * idempotency key, an event without one gets that and its index, so that the batch can be sent again as it is.
     */
    static Batch batch(final EventReader reader, final int most, final JsonNode body, final Optional<String> key) {
        final JsonNode events = body.isObject() && body.size() == 1 ? body.path(EVENTS) : body;
        if (!events.isArray() || events.isEmpty() || events.size() > most) {
            throw new RefusedException(Refusal.of(
                    events.isArray() && events.size() > most ? ErrorCode.PAYLOAD_TOO_LARGE : ErrorCode.VALIDATION_ERROR,
                    List.of(new FieldError(
                            EVENTS,
                            events.isArray() ? events.size() + " events" : "no array",
                            "be an array of 1 to " + most + " events",
                            "send [{…}, {…}] or {\"events\": [{…}, {…}]}; more in several batches or as NDJSON"))));
        }
        final List<Reading> readings = new ArrayList<>(events.size());
        for (int index = 0; index < events.size(); index++) {
            final String suffix = "#" + index;
            readings.add(reader.read(events.get(index), key.map(given -> given + suffix)));
        }
        return new Batch(readings, false);
    }

    /** One event or an array of them, as it comes. */
    static Batch either(final EventReader reader, final int most, final JsonNode body) {
        return body.isArray() ? batch(reader, most, body, Optional.empty()) : single(reader, body, Optional.empty());
    }
}
