package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.UsageAggregate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row that can't be used is left out, and the one before it stands. */
class SubscriptionRowsTest {
    private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");
    /** Of the month that begins on the 5th, which the usable row says. */
    private static final Instant STANDS = Instant.parse("2026-03-05T00:00:00Z");

    private TopologyBed bed;

    @BeforeEach
    void setUp() {
        bed = new TopologyBed(TopologySettings.DEFAULT, 2).feature("gb", Aggregation.SUM);
        bed.subscription("acme", subscription("acme", term(ALWAYS, "2026-01-05T00:00", "UTC")));
    }

    @AfterEach
    void tearDown() {
        bed.close();
    }

    @Test
    void shouldTakeARowThatCanBeUsed() {
        bed.subscription("acme", subscription("acme", term(ALWAYS, "2026-01-09T00:00", "UTC")));

        assertThat(periodStart()).isEqualTo(Instant.parse("2026-03-09T00:00:00Z"));
    }

    @Test
    void shouldLeaveOutARowOfUnknownZone() {
        bed.subscription("acme", subscription("acme", term(ALWAYS, "2026-01-09T00:00", "Europe/Nowhere")));

        assertThat(periodStart()).isEqualTo(STANDS);
    }

    @Test
    void shouldLeaveOutARowWhoseAnchorIsNoLocalTime() {
        bed.subscription("acme", subscription("acme", term(ALWAYS, "2026-01-09T00:00Z", "UTC")));

        assertThat(periodStart()).isEqualTo(STANDS);
    }

    @Test
    void shouldLeaveOutARowWithoutTermsOrWithTermsOutOfOrder() {
        bed.subscription("acme", subscription("acme"));
        bed.subscription(
                "acme",
                subscription(
                        "acme",
                        term(ALWAYS.plusSeconds(1), "2026-01-09T00:00", "UTC"),
                        term(ALWAYS, "2026-01-10T00:00", "UTC")));

        assertThat(periodStart()).isEqualTo(STANDS);
    }

    @Test
    void shouldLeaveOutARowUnderAnotherCustomersKey() {
        bed.subscription("acme", subscription("zeta", term(ALWAYS, "2026-01-09T00:00", "UTC")));

        assertThat(periodStart()).isEqualTo(STANDS);
    }

    @Test
    void shouldLeaveOutBytesThatAreNoSubscription() {
        bed.rawSubscription("acme".getBytes(UTF_8), new byte[] {1, 2, 3});
        bed.rawSubscription("acme".getBytes(UTF_8), new byte[] {0, 0, 0, 0, 99, 1});
        bed.rawSubscription(null, new byte[] {0});

        assertThat(periodStart()).isEqualTo(STANDS);
    }

    @Test
    void shouldLeaveOutARowInAPartitionThatIsNotItsCustomers() {
        final String elsewhere = customerOf(1);
        bed.subscription(elsewhere, subscription(elsewhere, term(ALWAYS, "2026-01-09T00:00", "UTC")));

        assertThat(bed.entries(Names.SUBSCRIPTION_STORE)).isEqualTo(1);
    }

    @Test
    void shouldTakeASubscriptionAwayAndKeepNothingOfIt() {
        bed.subscription("acme", null);

        assertThat(periodStart()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(bed.entries(Names.SUBSCRIPTION_STORE)).isZero();
    }

    private Instant periodStart() {
        bed.publish(TopologyBed.event("gb", "k1").setOccurredAt(TopologyBed.START));
        final List<UsageAggregate> aggregates = bed.aggregates();
        assertThat(aggregates).hasSize(1);
        return aggregates.get(0).getPeriodStart();
    }

    private static String customerOf(final int partition) {
        int number = 0;
        while (CustomerPartitions.partitionOf("c" + number, 2) != partition) {
            number++;
        }
        return "c" + number;
    }

    private static Subscription subscription(final String customerId, final SubscriptionTerm... terms) {
        return new Subscription(customerId, 1L, List.of(terms));
    }

    private static SubscriptionTerm term(final Instant from, final String anchor, final String zone) {
        return new SubscriptionTerm(from, PeriodInterval.MONTH, anchor, zone);
    }
}
