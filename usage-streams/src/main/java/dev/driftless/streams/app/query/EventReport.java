package dev.driftless.streams.app.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.topology.query.Found;
import java.util.Optional;

/**
 * What became of an event, as JSON shows it; times are ISO 8601.
 *
 * @param state one of the mark's states, or UNKNOWN
 * @param detail what the state means, for people
 * @param countedAt broker time at which it was counted
 * @param periodStart start of the period into which it was counted
 * @param duplicateCount copies of it that came later and were not counted
 * @param sourcePartition partition of the usage events where the first copy stands
 * @param sourceOffset its offset
 * @param asOf broker time up to which the answer holds
 * @param stale whether it comes from a copy, which may lag behind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "customer",
    "idempotencyKey",
    "state",
    "detail",
    "countedAt",
    "periodStart",
    "value",
    "duplicateCount",
    "sourcePartition",
    "sourceOffset",
    "asOf",
    "stale"
})
record EventReport(
        String customer,
        String idempotencyKey,
        String state,
        String detail,
        String countedAt,
        String periodStart,
        String value,
        Long duplicateCount,
        Integer sourcePartition,
        Long sourceOffset,
        String asOf,
        boolean stale) {
    static EventReport of(final String customer, final String key, final Found<Optional<Mark>> found) {
        final String asOf = found.asOf().toString();
        return found.value()
                .map(mark -> new EventReport(
                        customer,
                        key,
                        mark.state().name(),
                        detail(mark.state()),
                        mark.arrivedAt().toString(),
                        mark.periodStart().toString(),
                        Numbers.plain(mark.value()),
                        mark.copies(),
                        mark.origin().partition(),
                        mark.origin().offset(),
                        asOf,
                        found.isStale()))
                .orElseGet(() -> new EventReport(
                        customer,
                        key,
                        "UNKNOWN",
                        "not counted within the dedup window: it never came, or was rejected (then it is in the topic of"
                                + " rejections), or is older than the window",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        asOf,
                        found.isStale()));
    }

    private static String detail(final Mark.State state) {
        return switch (state) {
            case COUNTED -> "counted; further copies are duplicates and change nothing";
            case TAKEN_BACK -> "was counted and then taken back, or was void on arrival: it is not billed";
            case VOID_AHEAD -> "its void has come and it has not: it will be void when it does";
            case VOID -> "a void, which takes another event back";
        };
    }
}
