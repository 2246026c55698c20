package dev.driftless.examples.outbox;

import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A service whose truth is a database: it takes orders, and bills each as one unit of usage. Killed at any point and run
 * again, it loses no usage and bills none twice:
 *
 * <ol>
 *   <li>an order and its usage are one database transaction;
 *   <li>usage is published from the outbox, and removed from it only once the brokers hold it;
 *   <li>what is published again after a crash in between has the same idempotency key.
 * </ol>
 */
public final class OutboxWorker {
    /** Exit code of a worker that was to be killed. */
    public static final int KILLED = 137;

    private static final int BATCH = 10;

    /** After what a worker can be made to die, for the test. */
    public enum Step {
        ORDER_WRITTEN,
        USAGE_WRITTEN,
        ORDER_COMMITTED,
        USAGE_READ,
        USAGE_SENT,
        USAGE_HELD,
        USAGE_REMOVED,
        REMOVAL_COMMITTED
    }

    private final Connection database;
    private final Outbox outbox;
    private final UsageClient client;
    private final Optional<Step> death;

    private OutboxWorker(final Connection database, final UsageClient client, final Optional<Step> death)
            throws SQLException {
        this.database = database;
        this.outbox = new Outbox(database);
        this.client = client;
        this.death = death;
        try (Statement statement = database.createStatement()) {
            statement.execute("create table if not exists orders (id integer primary key)");
        }
        database.setAutoCommit(false);
    }

    /** Arguments: JDBC address, brokers, registry, how many orders there are to be in all, and after what to die. */
    public static void main(final String[] arguments) throws SQLException {
        final UsageClientConfig config = UsageClientConfig.builder()
                .bootstrapServers(arguments[1])
                .schemaRegistryUrl(arguments[2])
                .build();
        final Optional<Step> death = arguments.length > 4 ? Optional.of(Step.valueOf(arguments[4])) : Optional.empty();
        try (Connection database = DriverManager.getConnection(arguments[0]);
                UsageClient client = UsageClient.create(config)) {
            new OutboxWorker(database, client, death).run(Integer.parseInt(arguments[3]));
        }
    }

    private void run(final int orders) throws SQLException {
        for (int order = lastOrder() + 1; order <= orders; order++) {
            take(order);
            if (order % BATCH == 0) {
                publish();
            }
        }
        publish();
    }

    private int lastOrder() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet last = statement.executeQuery("select coalesce(max(id), 0) from orders")) {
            return last.getInt(1);
        }
    }

    private void take(final int order) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("insert into orders (id) values (?)")) {
            insert.setInt(1, order);
            insert.executeUpdate();
        }
        reached(Step.ORDER_WRITTEN);
        outbox.add(Usage.builder()
                .customer("outbox")
                .feature("api_calls")
                .idempotencyKey("order-" + order)
                .build());
        reached(Step.USAGE_WRITTEN);
        database.commit();
        reached(Step.ORDER_COMMITTED);
    }

    private void publish() throws SQLException {
        Map<Long, Usage> events = outbox.oldest(BATCH);
        while (!events.isEmpty()) {
            reached(Step.USAGE_READ);
            final List<Long> rows = new ArrayList<>(events.keySet());
            final List<CompletableFuture<Receipt>> results = client.trackBatch(List.copyOf(events.values()));
            reached(Step.USAGE_SENT);
            for (int i = 0; i < rows.size(); i++) {
                // Throws where the brokers did not confirm it: the row stays, and is published again.
                results.get(i).join();
                reached(Step.USAGE_HELD);
                outbox.remove(rows.get(i));
                reached(Step.USAGE_REMOVED);
            }
            database.commit();
            reached(Step.REMOVAL_COMMITTED);
            events = outbox.oldest(BATCH);
        }
    }

    private void reached(final Step step) {
        if (death.filter(step::equals).isPresent()) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
