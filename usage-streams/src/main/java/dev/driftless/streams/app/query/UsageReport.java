package dev.driftless.streams.app.query;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey.GroupValue;
import dev.driftless.streams.domain.Tally;
import dev.driftless.streams.topology.query.Found;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A customer's usage, as JSON shows it. Quantities are text, so that no reader makes a double of them; times are ISO 8601.
 *
 * @param asOf broker time up to which it holds
 * @param stale whether it comes from a copy, which may lag behind
 * @param truncated whether there is more than is listed
 */
@JsonPropertyOrder({"customer", "partition", "asOf", "stale", "usage", "truncated"})
record UsageReport(String customer, int partition, String asOf, boolean stale, List<Line> usage, boolean truncated) {
    /** The usage of one feature, period and combination of groups. */
    @JsonPropertyOrder({
        "feature",
        "periodStart",
        "periodEnd",
        "groups",
        "status",
        "aggregation",
        "unit",
        "quantity",
        "eventCount",
        "duplicateCount",
        "lateCount",
        "voidCount",
        "firstOccurredAt",
        "lastOccurredAt",
        "countedKeysDigest",
        "sourceOffset",
        "catalogRevision"
    })
    record Line(
            String feature,
            String periodStart,
            String periodEnd,
            Map<String, String> groups,
            String status,
            String aggregation,
            String unit,
            String quantity,
            long eventCount,
            long duplicateCount,
            long lateCount,
            long voidCount,
            String firstOccurredAt,
            String lastOccurredAt,
            String countedKeysDigest,
            long sourceOffset,
            long catalogRevision) {
        static Line of(final Aggregate aggregate) {
            final Tally tally = aggregate.tally();
            final Map<String, String> groups = new LinkedHashMap<>();
            for (final GroupValue group : aggregate.key().groups()) {
                groups.put(group.property(), group.value());
            }
            return new Line(
                    aggregate.key().feature(),
                    aggregate.key().periodStart().toString(),
                    aggregate.periodEnd().toString(),
                    groups,
                    aggregate.status().name(),
                    aggregate.aggregation().name(),
                    aggregate.unit(),
                    Numbers.plain(tally.quantity()),
                    tally.eventCount(),
                    tally.duplicateCount(),
                    tally.lateCount(),
                    tally.voidCount(),
                    text(tally.firstOccurredAt()),
                    text(tally.lastOccurredAt()),
                    HexFormat.of().formatHex(tally.countedKeys().bytes()),
                    aggregate.sourceOffset(),
                    aggregate.catalogRevision());
        }

        private static String text(final Optional<Instant> time) {
            return time.map(Instant::toString).orElse(null);
        }
    }

    /** The report of at most so many aggregates. */
    static UsageReport of(final String customer, final Found<List<Aggregate>> found, final int most) {
        final List<Aggregate> aggregates = found.value();
        return new UsageReport(
                customer,
                found.partition(),
                found.asOf().toString(),
                found.isStale(),
                aggregates.stream().limit(most).map(Line::of).toList(),
                aggregates.size() > most);
    }
}
