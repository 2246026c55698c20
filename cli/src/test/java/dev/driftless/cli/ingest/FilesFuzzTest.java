package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.cli.CliException;
import dev.driftless.cli.catalog.CatalogFile;
import dev.driftless.cli.subscriptions.SubscriptionsFile;
import dev.driftless.gateway.event.CloudEventReader;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.MalformedJsonException;
import dev.driftless.gateway.event.Reading;
import dev.driftless.gateway.event.UsageReader;
import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.ConfigException;
import dev.driftless.streams.app.config.SettingSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in a file, a body or a setting: it is read, or refused with a reason. {@code -Ddriftless.fuzz=n} for so
 * many cases of each kind, {@code -Ddriftless.seed=n} for others.
 */
class FilesFuzzTest {
    private static final long SEED = Long.getLong("driftless.seed", 7_000_000L);
    private static final int CASES = Integer.getInteger("driftless.fuzz", 2_000);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final List<String> EVENTS = List.of(
            "{\"customerId\":\"acme\",\"feature\":\"api_calls\",\"value\":\"2.50\",\"idempotencyKey\":\"k1\","
                    + "\"timestamp\":\"2026-03-10T12:00:00Z\",\"properties\":{\"region\":\"eu\",\"user\":\"ann\"}}",
            "{\"customerId\":\"acme\",\"feature\":\"api_calls\",\"value\":3}\n{\"customerId\":\"b\",\"feature\":\"x\"}\n");
    private static final List<String> CLOUD_EVENTS = List.of(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"type\":\"api_calls\",\"subject\":\"acme\","
                    + "\"time\":\"2026-03-10T12:00:00Z\",\"data\":{\"value\":1.5,\"region\":\"eu\"}}");
    private static final List<String> CSV = List.of("""
            customerId,feature,value,idempotencyKey,timestamp,properties.region
            acme,api_calls,2.50,k1,2026-03-10T12:00:00Z,eu
            "a,
            ""b",api_calls,1,,,
            """);
    private static final List<String> CATALOGS = List.of("""
            features:
              - code: api_calls
                aggregation: SUM
                unit: call
                effective:
                  - from: 2026-01-01T00:00:00Z
                    until: 2027-01-01T00:00:00Z
                minimum: 0
                maximum: 10.5
                wholeNumbers: true
                groupBy: [region, model]
                latePolicy: NEXT
              - code: active_users
                aggregation: UNIQUE
                uniqueProperty: user
                unit: user
                effective: [{from: 2026-01-01T00:00:00Z}]
            """);
    private static final List<String> SUBSCRIPTIONS = List.of("""
            subscriptions:
              - customer: acme
                terms:
                  - from: 2026-01-01T00:00:00Z
                    interval: MONTH
                    anchor: 2026-01-31T00:00
                    timeZone: Europe/Berlin
              - customer: beta
                terms: [{from: 2026-01-01T00:00:00Z, interval: WEEK, anchor: "2026-01-05T00:00", timeZone: UTC}]
            """);
    private static final List<String> SETTINGS = List.of("""
            bootstrap-servers: localhost:9092
            schema-registry-url: http://localhost:8081
            application-id: driftless
            dedup-window: 35d
            dedup-buckets: 1
            cache-size: 16MiB
            topics:
              usage-events: usage-events
            kafka:
              max.poll.records: 500
              ssl.keystore.password: secret
            """);

    @TempDir
    private Path directory;

    private interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    @Test
    void shouldReadOrRefuseEachLineOfJson() {
        spoil(EVENTS, bytes -> readAll(new NdjsonLines(new ByteArrayInputStream(bytes))));
    }

    @Test
    void shouldReadOrRefuseEachRowOfAFileWithColumns() {
        spoil(CSV, bytes -> {
            try {
                readAll(new CsvLines(new ByteArrayInputStream(bytes), ',', Map.of(), Set.of()));
            } catch (final CliException refused) {
                assertThat(refused).message().isNotBlank();
            } catch (final IOException broken) {
                assertThat(broken).message().startsWith("line ");
            }
        });
    }

    @Test
    void shouldReadOrRefuseEachBodyOfARequest() {
        spoil(EVENTS, FilesFuzzTest::readBody);
        spoil(CLOUD_EVENTS, FilesFuzzTest::readBody);
    }

    @Test
    void shouldReadOrRefuseEachCatalog() {
        spoil(CATALOGS, bytes -> {
            try {
                final CatalogFile read = CatalogFile.parse(new String(bytes, UTF_8));
                assertThat(read.problems().isEmpty() && read.features().isEmpty())
                        .isFalse();
            } catch (final JsonProcessingException refused) {
                assertThat(refused.getOriginalMessage()).isNotBlank();
            }
        });
    }

    @Test
    void shouldReadOrRefuseEachFileOfSubscriptions() {
        spoil(SUBSCRIPTIONS, bytes -> {
            try {
                final SubscriptionsFile read = SubscriptionsFile.parse(new String(bytes, UTF_8));
                assertThat(read.problems().isEmpty() && read.customers().isEmpty())
                        .isFalse();
            } catch (final JsonProcessingException refused) {
                assertThat(refused.getOriginalMessage()).isNotBlank();
            }
        });
    }

    @Test
    void shouldReadOrRefuseEachConfiguration() {
        final Path file = directory.resolve("driftless.yaml");
        spoil(SETTINGS, bytes -> {
            Files.write(file, bytes);
            try {
                assertThat(AppConfig.from(SettingSources.of(Optional.of(file), Map.of(), Map.of())))
                        .isNotNull();
            } catch (final ConfigException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        });
    }

    private static void readAll(final EventLines lines) throws IOException {
        for (Optional<EventLine> line = lines.next(); line.isPresent(); line = lines.next()) {
            line.get().event().ifPresentOrElse(FilesFuzzTest::readEvent, () -> {});
            assertThat(line.get().event().isPresent() || !line.get().problem().isBlank())
                    .isTrue();
        }
    }

    private static void readBody(final byte[] bytes) {
        try {
            readEvent(Json.read(bytes));
        } catch (final MalformedJsonException refused) {
            assertThat(refused).message().isNotBlank();
        }
    }

    private static void readEvent(final JsonNode event) {
        List.of(new UsageReader(), new CloudEventReader()).forEach(reader -> {
            final Reading reading = reader.read(event, Optional.of("fallback"));
            if (reading instanceof Reading.Refused refused) {
                assertThat(refused.refusal().message()).isNotBlank();
                assertThat(refused.refusal().message().length()).isLessThan(20_000);
            }
        });
    }

    private static void spoil(final List<String> texts, final Reader reader) {
        for (int number = 0; number < CASES; number++) {
            final long seed = SEED + number;
            final byte[] bytes = TextFuzz.spoiled(new SplittableRandom(seed), texts);
            final long started = System.nanoTime();
            try {
                reader.read(bytes);
            } catch (final Exception | Error e) {
                throw new AssertionError("seed " + seed + ": " + new String(bytes, UTF_8), e);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("seed %d", seed)
                    .isLessThan(LONGEST);
        }
    }
}
