package dev.driftless.gateway.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.FieldError;
import dev.driftless.gateway.event.Reading;
import dev.driftless.gateway.event.Refusal;
import dev.driftless.schemas.access.ApiKey;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who sends, as far as the API key says, and how much of that is still welcome. Safe for use by several threads. */
final class Caller {
    private static final List<String> CUSTOMER_FIELDS = List.of("customerId", "externalId", "subject");

    private final ApiKey key;
    private final Optional<Bucket> places;

    Caller(final ApiKey key, final Optional<Bucket> places) {
        this.key = requireNonNull(key);
        this.places = requireNonNull(places);
    }

    /** Who asks where no key is needed; no event is taken from them. */
    static Caller nobody() {
        return new Caller(ApiKey.parse("nobody"), Optional.empty());
    }

    /** The event, refused if it is of a customer that the key is not for. */
    Reading restrict(final Reading reading) {
        return reading instanceof Reading.Event event
                        && !key.allows(event.usage().customer())
                ? refused(event)
                : reading;
    }

    private static Reading refused(final Reading.Event event) {
        return new Reading.Refused(
                Refusal.of(
                        ErrorCode.FORBIDDEN,
                        List.of(new FieldError(
                                customerField(event.original()),
                                event.usage().customer(),
                                "be one of the customers of this API key",
                                "use a key of this customer, or have the key's customers= extended"))),
                event.original());
    }

    private static String customerField(final JsonNode original) {
        return CUSTOMER_FIELDS.stream().filter(original::hasNonNull).findFirst().orElse(CUSTOMER_FIELDS.get(0));
    }

    /**
     * Takes places for so many events.
     *
     * @return nothing if there were enough; else how long it takes until there are, and then none was taken
     */
    Optional<Duration> take(final int events) {
        return places.map(bucket -> bucket.tryConsumeAndReturnRemaining(events))
                .filter(probe -> !probe.isConsumed())
                .map(ConsumptionProbe::getNanosToWaitForRefill)
                .map(Duration::ofNanos);
    }

    /** Gives back places of events that were not taken after all. */
    void giveBack(final int events) {
        places.ifPresent(bucket -> bucket.addTokens(events));
    }
}
