package dev.driftless.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.driftless.cli.recount.Agreement;
import java.util.List;
import java.util.Map;

/**
 * The demo's results as programs read them: JSON with these fields. The first seven are the account of the application.
 *
 * @param read records read
 * @param counted of them counted
 * @param duplicates of them recognised as copies
 * @param rejected of them refused, by reason
 * @param rerouted of them passed on to another partition, and read again there
 * @param aggregates aggregates billed
 * @param balanced whether each record published has exactly one outcome
 * @param verified whether the recount agrees in everything
 * @param groups what the recount compared
 * @param ticks records that the application wrote to tell an idle partition the time, in none of the counts above
 * @param published records that the brokers acknowledged
 * @param seed the seed
 * @param seconds from the first record to the last comparison
 * @param dataDirectory where data and logs were kept; absent if they were not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DemoSummary(
        long read,
        long counted,
        long duplicates,
        Map<String, Long> rejected,
        long rerouted,
        int aggregates,
        boolean balanced,
        boolean verified,
        List<Agreement> groups,
        long ticks,
        long published,
        long seed,
        double seconds,
        String dataDirectory) {

    static DemoSummary of(final DemoResult result, final long seed) {
        return new DemoSummary(
                result.account().read(),
                result.account().counted(),
                result.account().duplicates(),
                result.account().rejected(),
                result.account().rerouted(),
                result.billed().size(),
                result.isBalanced(),
                result.isVerified(),
                result.agreements(),
                result.account().ticks(),
                result.published(),
                seed,
                result.seconds(),
                result.kept().map(Object::toString).orElse(null));
    }

    String toJson() {
        try {
            return new ObjectMapper().writeValueAsString(this);
        } catch (final JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
