package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Four years of daily traffic: what is kept stays as much as the windows need, however many periods go by. */
class SoakTest {
    private static final YearMonth FIRST = YearMonth.of(2026, 1);
    private static final int MONTHS = 48;
    private static final int CUSTOMERS = 40;
    /** From here on nothing is kept any more of the first month: 31 days, an hour and twice 35 days have gone by. */
    private static final int WARM_MONTHS = 6;

    private static final Duration BETWEEN_EVENTS = Duration.ofHours(8);

    private long events;

    @Test
    void shouldKeepNoMoreAfterFourYearsThanAfterHalfOfOne() {
        final Map<YearMonth, Map<String, Long>> kept = new TreeMap<>();
        try (TopologyBed bed = new TopologyBed()) {
            define(bed);
            for (int month = 0; month < MONTHS; month++) {
                final YearMonth current = FIRST.plusMonths(month);
                traffic(bed, current);
                kept.put(current, entries(bed));
                bed.aggregates();
                bed.rejections();
            }
        }

        final YearMonth warm = FIRST.plusMonths(WARM_MONTHS);
        final Map<String, Long> mostInFirstYear = most(kept, warm, warm.plusMonths(12));
        final Map<String, Long> mostInLastYear = most(kept, FIRST.plusMonths(MONTHS - 12), FIRST.plusMonths(MONTHS));
        assertThat(events).isGreaterThan(4_000);
        assertThat(mostInFirstYear.get(Names.AGGREGATE_STORE)).isGreaterThan(150);
        assertThat(mostInFirstYear.get(Names.DISTINCT_STORE)).isGreaterThan(60);
        assertThat(mostInFirstYear.get(Names.DEDUP_STORE)).isGreaterThan(150);
        assertThat(mostInLastYear).allSatisfy((store, entries) -> assertThat(entries)
                .as("%s in the last year, %s in the first", store, mostInFirstYear.get(store))
                .isLessThanOrEqualTo(mostInFirstYear.get(store) * 11 / 10 + 2));
    }

    private static void define(final TopologyBed bed) {
        bed.feature("gb", Aggregation.SUM)
                .feature(TopologyBed.definition("users", Aggregation.UNIQUE)
                        .setUniqueProperty("user")
                        .build())
                .feature(TopologyBed.definition("tokens", Aggregation.SUM)
                        .setGroupBy(List.of("model"))
                        .build());
        bed.at(Instant.EPOCH);
        for (int customer = 0; customer < CUSTOMERS; customer += 2) {
            bed.subscription("c" + customer, weekly("c" + customer));
        }
    }

    private static Subscription weekly(final String customer) {
        return new Subscription(
                customer,
                1L,
                List.of(new SubscriptionTerm(
                        Instant.parse("2020-01-01T00:00:00Z"), PeriodInterval.WEEK, "2020-01-06T00:00", "Asia/Tokyo")));
    }

    private void traffic(final TopologyBed bed, final YearMonth month) {
        final Instant end = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        bed.at(month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        while (bed.brokerTime().isBefore(end)) {
            bed.publish(event(bed.brokerTime(), month));
            bed.pass(BETWEEN_EVENTS);
        }
    }

    /** Users, models and keys never come again; each tenth event is late, each fifteenth takes back the one before. */
    private UsageEvent.Builder event(final Instant now, final YearMonth month) {
        events++;
        final boolean isVoid = events % 15 == 0;
        final long subject = isVoid ? events - 1 : events;
        final UsageEvent.Builder event = TopologyBed.event(
                        List.of("gb", "users", "tokens").get((int) (subject % 3)), "k" + events)
                .setCustomerId("c" + subject % CUSTOMERS)
                .setOccurredAt(events % 10 == 0 ? now.minus(Duration.ofDays(33)) : now)
                .setProperties(Map.of("user", "u" + subject, "model", month + "-" + subject % 2));
        return isVoid ? event.setKind(UsageKind.VOID).setVoidedKey("k" + subject) : event;
    }

    private static Map<String, Long> entries(final TopologyBed bed) {
        final Map<String, Long> entries = new LinkedHashMap<>();
        for (final String store : List.of(
                Names.AGGREGATE_STORE,
                Names.DEADLINE_STORE,
                Names.DISTINCT_STORE,
                Names.PENDING_STORE,
                Names.SUBSCRIPTION_STORE,
                UsageTopology.ACCOUNT_STORE)) {
            entries.put(store, bed.entries(store));
        }
        entries.put(Names.DEDUP_STORE, bed.windowEntries(Names.DEDUP_STORE));
        return entries;
    }

    private static Map<String, Long> most(
            final Map<YearMonth, Map<String, Long>> kept, final YearMonth from, final YearMonth until) {
        final Map<String, Long> most = new LinkedHashMap<>();
        kept.forEach((month, entries) -> {
            if (!month.isBefore(from) && month.isBefore(until)) {
                entries.forEach((store, count) -> most.merge(store, count, Math::max));
            }
        });
        return most;
    }
}
