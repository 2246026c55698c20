package dev.driftless.streams.app.query;

import dev.driftless.streams.app.config.OpsConfig;
import dev.driftless.streams.app.ops.OpsServer;
import dev.driftless.streams.app.ops.Request;
import dev.driftless.streams.app.ops.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other instances. Safe for use by several threads. */
public final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int UNAVAILABLE = 503;

    private final String ownHost;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param own where this instance serves */
    public Peers(final OpsConfig own) {
        this.ownHost = own.advertisedHost();
    }

    /** The answer of another instance; nothing if it does not answer in time or cannot tell now. */
    Optional<Response> ask(final HostInfo address, final Request request) {
        final String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        final HttpRequest forwarded = HttpRequest.newBuilder(
                        URI.create("http://" + host + ":" + address.port() + request.target()))
                .header(OpsServer.FORWARDED, ownHost)
                .timeout(PATIENCE)
                .build();
        try {
            final HttpResponse<String> answer = http.send(forwarded, BodyHandlers.ofString());
            return answer.statusCode() == UNAVAILABLE
                    ? Optional.empty()
                    : Optional.of(new Response(
                            answer.statusCode(),
                            answer.headers().firstValue("Content-Type").orElse("application/json"),
                            Map.of(),
                            answer.body()));
        } catch (final IOException e) {
            LOG.debug("{} does not answer", address, e);
            return Optional.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
