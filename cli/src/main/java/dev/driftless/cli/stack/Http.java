package dev.driftless.cli.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks whether something answers over HTTP. */
final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** Whether a GET of the address is answered with status 200. */
    boolean isOk(final URI address) {
        final HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (final IOException notYet) {
            return false;
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for " + address, interrupt);
        }
    }
}
