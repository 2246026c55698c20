package dev.driftless.cli.ingest;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import dev.driftless.client.UsageClient;
import dev.driftless.client.UsageClientConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A batch by {@link UsageClient}. */
final class ClientBatch {
    private ClientBatch() {}

    static void send(
            final ConnectionOptions connection,
            final String customer,
            final List<String> keys,
            final Consumer<KillPoint> reached) {
        try (UsageClient client = UsageClient.create(UsageClientConfig.builder()
                .bootstrapServers(connection.bootstrapServers())
                .schemaRegistryUrl(connection.schemaRegistryUrl())
                .build())) {
            final List<Usage> events =
                    keys.stream().map(key -> usage(customer, key)).toList();
            final int half = events.size() / 2;
            final List<CompletableFuture<Receipt>> first = client.trackBatch(events.subList(0, half));
            first.get(0).join();
            reached.accept(KillPoint.HALF_SENT);
            final List<CompletableFuture<Receipt>> second = client.trackBatch(events.subList(half, events.size()));
            reached.accept(KillPoint.ALL_SENT);
            first.forEach(CompletableFuture::join);
            second.forEach(CompletableFuture::join);
            reached.accept(KillPoint.ANSWERED);
        }
    }

    static Usage usage(final String customer, final String key) {
        return Usage.builder()
                .customer(customer)
                .feature("api_calls")
                .idempotencyKey(key)
                .build();
    }
}
