package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.gateway.catalog.CatalogView;
import dev.driftless.gateway.catalog.DoorRules;
import dev.driftless.gateway.config.GatewayConfig;
import dev.driftless.gateway.config.KeySource;
import dev.driftless.gateway.config.TlsFiles;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.intake.Intake;
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The real HTTP server on a free port, before a log in memory. Each answer is held against the OpenAPI document. */
final class GatewayBed implements AutoCloseable {
    static final String KEY = "dev";
    static final int BODY_BYTES = 200_000;
    static final int PLACES = 50;
    static final int BATCH = 40;

    private final MemoryLog log = new MemoryLog();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.valueOf(System.getProperty("v", "HTTP_1_1")))
            .build();
    private final OpenApiContract contract = OpenApiContract.load();
    private final GatewayServer server;

    GatewayBed() {
        this(Stream.of(KEY), Duration.ofSeconds(10));
    }

    GatewayBed(final Stream<String> keys, final Duration idle) {
        this(open(keys), idle, Duration.ofSeconds(10), limits(0));
    }

    GatewayBed(final Access access, final Duration idle, final Duration request) {
        this(access, idle, request, limits(access.eventsPerSecond()));
    }

    static GatewayBed withDefaultLimits() {
        final Duration patience = Duration.ofSeconds(30);
        return new GatewayBed(
                open(Stream.of(KEY)),
                patience,
                patience,
                new GatewayConfig.Limits(10_000, 5 << 20, 64L << 20, 50_000, 0));
    }

    private static Access open(final Stream<String> keys) {
        return new Access(new KeySource(keys.toList(), Optional.empty()), Optional.empty(), 0);
    }

    private static GatewayConfig.Limits limits(final int eventsPerSecond) {
        return new GatewayConfig.Limits(BATCH, BODY_BYTES, 2L * BODY_BYTES, PLACES, eventsPerSecond);
    }

    private GatewayBed(
            final Access access, final Duration idle, final Duration request, final GatewayConfig.Limits limits) {
        final GatewayConfig config = new GatewayConfig(
                "127.0.0.1",
                0,
                access.tls(),
                new GatewayConfig.Ops("127.0.0.1", 0),
                "unused",
                "unused",
                "usage-events",
                "feature-catalog",
                Map.of(),
                Map.of(),
                access.keys(),
                true,
                Duration.ofDays(34),
                Duration.ofMinutes(5),
                limits,
                new GatewayConfig.Times(
                        idle,
                        request,
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5)));
        final DoorRules rules = new DoorRules(
                Optional.of(GatewayBed::find), config.admissibleAge(), config.clockSkew(), Clock.systemUTC());
        this.server = GatewayServer.start(config, new Intake(rules, log, limits.inFlight()), Clock.systemUTC());
    }

    /** Who may come in, and how fast. */
    record Access(KeySource keys, Optional<TlsFiles> tls, int eventsPerSecond) {}

    private static CatalogView.Entry find(final String code) {
        return switch (code) {
            case "api_calls", "tokens" -> new CatalogView.Known(feature(code));
            case "unreadable" -> CatalogView.Absence.UNREADABLE;
            default -> CatalogView.Absence.UNKNOWN;
        };
    }

    private static FeatureDefinition feature(final String code) {
        final FeatureDefinition.Builder feature = FeatureDefinition.newBuilder()
                .setCode(code)
                .setRevision(1)
                .setAggregation(Aggregation.SUM)
                .setUnit("call")
                .setEffective(List.of(new EffectiveInterval(Instant.EPOCH, null)));
        if (code.equals("tokens")) {
            feature.setWholeNumbers(true)
                    .setMinimum(new BigDecimal("0.000000000"))
                    .setMaximum(new BigDecimal("1000.000000000"))
                    .setEffective(List.of(new EffectiveInterval(Instant.now().minus(Duration.ofDays(1)), null)));
        }
        return feature.build();
    }

    MemoryLog log() {
        return log;
    }

    GatewayServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    HttpClient client() {
        return client;
    }

    Answer post(final String path, final String body, final String... headers) {
        return post(path, body.getBytes(UTF_8), headers);
    }

    Answer post(final String path, final byte[] body, final String... headers) {
        return send("POST", path, request(path, headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** What operators' port shows. */
    Answer metrics() {
        final HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.opsPort() + "/metrics"));
        return send("GET", "/metrics", request.GET());
    }

    Answer get(final String path) {
        return send("GET", path, request(path).GET());
    }

    HttpRequest.Builder request(final String path, final String... headers) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .setHeader("x-api-key", KEY)
                .setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    Answer send(final String method, final String path, final HttpRequest.Builder request) {
        try {
            final HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
            contract.check(method, path, response);
            return new Answer(response);
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /** An answer that agrees with the OpenAPI document. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return Json.read(response.body().getBytes(UTF_8));
        }

        String header(final String name) {
            return response.headers().firstValue(name).orElse("");
        }

        List<JsonNode> lines() {
            return response.body()
                    .lines()
                    .map(line -> Json.read(line.getBytes(UTF_8)))
                    .toList();
        }
    }
}
