package dev.driftless.examples.outbox;

import dev.driftless.client.Usage;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Usage that waits in the service's own database. It is written in the transaction of the business action that causes it,
 * so that there is never one without the other, and it holds all that makes an event, key and time included, so that
 * however often a row is published it is the same event.
 */
public final class Outbox {
    private final Connection database;

    public Outbox(final Connection database) throws SQLException {
        this.database = database;
        try (Statement statement = database.createStatement()) {
            statement.execute("create table if not exists usage_outbox (id integer primary key autoincrement,"
                    + " customer text not null, feature text not null, quantity text not null,"
                    + " idempotency_key text not null unique, occurred_at text not null)");
        }
    }

    /** Adds an event to the caller's transaction. */
    public void add(final Usage usage) throws SQLException {
        try (PreparedStatement insert =
                database.prepareStatement("insert into usage_outbox (customer, feature, quantity, idempotency_key,"
                        + " occurred_at) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, usage.customer());
            insert.setString(2, usage.feature());
            // Exact, as text: not every database has a decimal type that holds it.
            insert.setString(3, usage.value().toPlainString());
            insert.setString(4, usage.idempotencyKey());
            insert.setString(5, usage.occurredAt().toString());
            insert.executeUpdate();
        }
    }

    /** The oldest events that are still here, by their row. */
    public Map<Long, Usage> oldest(final int most) throws SQLException {
        final Map<Long, Usage> events = new LinkedHashMap<>();
        try (PreparedStatement select = database.prepareStatement("select * from usage_outbox order by id limit ?")) {
            select.setInt(1, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    events.put(rows.getLong("id"), usage(rows));
                }
            }
        }
        return events;
    }

    private static Usage usage(final ResultSet row) throws SQLException {
        return Usage.builder()
                .customer(row.getString("customer"))
                .feature(row.getString("feature"))
                .value(new BigDecimal(row.getString("quantity")))
                .idempotencyKey(row.getString("idempotency_key"))
                .occurredAt(Instant.parse(row.getString("occurred_at")))
                .build();
    }

    /** Removes an event that the brokers hold. */
    public void remove(final long row) throws SQLException {
        try (PreparedStatement delete = database.prepareStatement("delete from usage_outbox where id = ?")) {
            delete.setLong(1, row);
            delete.executeUpdate();
        }
    }
}
