package dev.driftless.cli.ingest;

import static org.awaitility.Awaitility.await;

import dev.driftless.cli.ConnectionOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A gateway with settings of a test's own, in a process of its own. */
record GatewayProcess(Process process, URI address, HttpClient client) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static GatewayProcess start(final Path directory, final ConnectionOptions connection, final String... settings)
            throws IOException {
        final int port = freePort();
        final List<String> arguments = new ArrayList<>(List.of(
                "--http-port=" + port,
                "--bootstrap-servers=" + connection.bootstrapServers(),
                "--schema-registry-url=" + connection.schemaRegistryUrl()));
        arguments.addAll(List.of(settings));
        final GatewayProcess gateway = new GatewayProcess(
                JavaProcess.start(directory.resolve("gateway.log"), "dev.driftless.gateway.GatewayMain", arguments),
                URI.create("http://127.0.0.1:" + port),
                HttpClient.newHttpClient());
        await().atMost(PATIENCE).ignoreExceptions().until(gateway::isReady);
        return gateway;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(address.resolve("/readyz"))
                .timeout(PATIENCE)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** Sends a batch. */
    CompletableFuture<HttpResponse<String>> post(final String body) {
        return client.sendAsync(
                HttpRequest.newBuilder(address.resolve("/v1/usage/events/batch"))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** As SIGTERM does. */
    void stop() {
        process.destroy();
    }

    int awaitEnd() throws InterruptedException {
        return JavaProcess.await(process);
    }
}
