package dev.driftless.cli.ingest;

import dev.driftless.cli.ConnectionOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/** The ways in by which a worker sends its batch. */
enum WorkersWay {
    CLIENT(null, null),
    TRANSACTION(null, null),
    HTTP_BATCH("/v1/usage/events/batch", "application/json"),
    NDJSON("/v1/usage/events/batch", "application/x-ndjson"),
    HOSTED_BATCH("/api/usage/events/batch", "application/json"),
    HOSTED_V1_BATCH("/api/v1/usage/events/batch", "application/json"),
    CLOUD_EVENTS("/api/v1/events", "application/cloudevents-batch+json");

    private final String path;
    private final String contentType;

    WorkersWay(final String path, final String contentType) {
        this.path = path;
        this.contentType = contentType;
    }

    /** The customer whose usage comes this way. */
    String customer() {
        return "worker-" + name();
    }

    /** Whether a worker that died after its batch was acknowledged knows so when it is run again. */
    boolean knowsWhatWasAcknowledged() {
        return this == TRANSACTION;
    }

    /** Sends events under some keys, all of which are acknowledged when this returns. */
    void send(
            final URI gateway,
            final ConnectionOptions connection,
            final List<String> keys,
            final Consumer<KillPoint> reached)
            throws IOException {
        switch (this) {
            case CLIENT -> ClientBatch.send(connection, customer(), keys, reached);
            case TRANSACTION -> TransactionBatch.send(connection, customer(), keys, reached);
            case CLOUD_EVENTS ->
                new HttpBatch(gateway.resolve(path), contentType)
                        .send(HttpBatch.array(keys.stream().map(this::cloudEvent)), reached);
            case NDJSON ->
                new HttpBatch(gateway.resolve(path), contentType)
                        .send(HttpBatch.lines(keys.stream().map(this::event)), reached);
            default ->
                new HttpBatch(gateway.resolve(path), contentType)
                        .send(HttpBatch.array(keys.stream().map(this::event)), reached);
        }
    }

    private String event(final String key) {
        return "{\"customerId\": \"" + customer() + "\", \"feature\": \"api_calls\", \"idempotencyKey\": \"" + key
                + "\"}";
    }

    private String cloudEvent(final String key) {
        return "{\"specversion\": \"1.0\", \"source\": \"worker\", \"type\": \"api_calls\", \"subject\": \""
                + customer() + "\", \"id\": \"" + key + "\"}";
    }
}
