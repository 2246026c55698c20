package dev.driftless.cli.demo;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.subscriptions.CustomerTerms;
import dev.driftless.cli.subscriptions.SubscriptionsFile;
import dev.driftless.cli.subscriptions.SubscriptionsPlan;
import dev.driftless.cli.subscriptions.SubscriptionsTopic;
import dev.driftless.schemas.Topics;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The billing periods of some of the demo's customers: those of the sample file, and one that changed some days ago. */
final class DemoSubscriptions {
    private DemoSubscriptions() {}

    /** Publishes them, and gives their number. */
    static int apply(final ConnectionOptions connection, final Instant start) {
        final SubscriptionsFile sample = sample();
        if (!sample.problems().isEmpty()) {
            throw new IllegalStateException("the sample subscriptions: " + sample.problems());
        }
        final List<CustomerTerms> customers = new ArrayList<>(sample.customers());
        customers.add(changed(start.minus(Duration.ofDays(9)).truncatedTo(ChronoUnit.HOURS)));
        final SubscriptionsPlan plan = new SubscriptionsTopic(Topics.DEFAULT.subscriptions(), connection)
                .apply(published -> SubscriptionsPlan.of(customers, published, start, true));
        if (!plan.problems().isEmpty()) {
            throw new CliException("the sample subscriptions cannot be applied: " + plan.problems());
        }
        return customers.size();
    }

    static SubscriptionsFile sample() {
        try (InputStream file = DemoSubscriptions.class.getResourceAsStream("subscriptions.yaml")) {
            return SubscriptionsFile.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException unreadable) {
            throw new IllegalStateException("the sample subscriptions cannot be read", unreadable);
        }
    }

    private static CustomerTerms changed(final Instant change) {
        return new CustomerTerms(
                DemoTraffic.customer(5),
                new SubscriptionTerms(List.of(
                        new Term(Instant.EPOCH, PeriodRule.parse("MONTH", "2026-01-15T12:30", "Asia/Kathmandu")),
                        new Term(change, PeriodRule.parse("WEEK", "2026-01-01T00:00", "America/St_Johns")))));
    }
}
