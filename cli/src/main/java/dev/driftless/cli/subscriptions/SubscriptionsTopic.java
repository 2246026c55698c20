package dev.driftless.cli.subscriptions;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.table.CompactedTable;
import dev.driftless.cli.table.Rows;
import dev.driftless.cli.table.TableSpec;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.rules.Violation;
import java.util.Optional;
import java.util.function.Function;

/** The subscriptions as they are in Kafka. A row counts as the application sees it: readable, valid, well placed. */
public final class SubscriptionsTopic {
    private final CompactedTable<Subscription> table;

    /**
     * The subscriptions in a topic.
     *
     * @param topic name of the topic
     * @param connection where it is
     */
    public SubscriptionsTopic(final String topic, final ConnectionOptions connection) {
        this.table = new CompactedTable<>(
                new TableSpec<>("subscriptions", topic, Subscription.class, true, SubscriptionsTopic::refusal),
                connection);
    }

    /**
     * Reads all subscriptions, by customer id.
     *
     * @throws CliException if they cannot be read
     */
    public Rows<Subscription> read() {
        return table.read();
    }

    /**
     * Publishes what a plan changes, all of it or nothing.
     *
     * <p>The plan is made on the subscriptions as they are once no other process can change them by this method.
     *
     * @param planner makes the plan
     * @return the plan, carried out unless it has problems
     * @throws CliException if it cannot be published, for instance because another process is doing the same
     */
    public SubscriptionsPlan apply(final Function<Rows<Subscription>, SubscriptionsPlan> planner) {
        return table.apply(planner);
    }

    private static Optional<String> refusal(final String key, final Subscription subscription) {
        if (!subscription.getCustomerId().equals(key)) {
            return Optional.of(
                    "its key must be its customerId '" + Violation.shown(subscription.getCustomerId()) + "'");
        }
        try {
            CustomerTerms.of(subscription);
            return Optional.empty();
        } catch (final IllegalArgumentException invalid) {
            return Optional.of(invalid.getMessage());
        }
    }
}
