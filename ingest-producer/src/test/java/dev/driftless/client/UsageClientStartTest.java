package dev.driftless.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.driftless.client.UsageClientStartException.Reason;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.serde.PublishedSchema;
import dev.driftless.schemas.serde.SchemaRegistration;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UsageClientStartTest {
    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();

    @Test
    void shouldTakeTheIdUnderWhichTheSchemaIsRegisteredForTheTopic() throws Exception {
        final Map<String, Integer> ids = new SchemaRegistration(registry).register(Topics.DEFAULT);

        assertThat(SchemaLookup.schemaId(registry, config("http://registry", "b:1")))
                .isEqualTo(ids.get("usage-events-value"));
    }

    @Test
    void shouldSayHowToRegisterASchemaThatIsMissingAndNeverRegisterItItself() {
        final UsageClientStartException refusal = catchThrowableOfType(
                UsageClientStartException.class,
                () -> SchemaLookup.schemaId(registry, config("http://registry", "b:1")));

        assertThat(refusal.reason()).isEqualTo(Reason.SCHEMA_NOT_REGISTERED);
        assertThat(refusal)
                .hasMessageContaining("http://registry")
                .hasMessageContaining("'usage-events-value'")
                .hasMessageContaining("./driftless topics apply");
        assertThatThrownBy(() -> registry.getAllVersions("usage-events-value"))
                .hasMessageContaining("Subject Not Found");
    }

    @Test
    void shouldNotTakeAnotherSchemaOfTheSubjectForItsOwn() throws Exception {
        registry.register("usage-events-value", new AvroSchema(Schema.create(Schema.Type.STRING)));
        registry.register("other-value", new AvroSchema(PublishedSchema.of(UsageEvent.class)));

        final UsageClientStartException refusal = catchThrowableOfType(
                UsageClientStartException.class,
                () -> SchemaLookup.schemaId(registry, config("http://registry", "b:1")));

        assertThat(refusal.reason()).isEqualTo(Reason.SCHEMA_NOT_REGISTERED);
    }

    @Test
    void shouldSayThatTheRegistryDoesNotAnswer() throws IOException {
        final String address = "http://127.0.0.1:" + closedPort();

        final UsageClientStartException refusal = catchThrowableOfType(
                UsageClientStartException.class, () -> UsageClient.create(config(address, "127.0.0.1:1")));

        assertThat(refusal.reason()).isEqualTo(Reason.SCHEMA_REGISTRY_UNAVAILABLE);
        assertThat(refusal).hasMessageStartingWith("Schema registry " + address + " does not answer");
    }

    @Test
    void shouldSayThatTheRegistryRefuses() throws IOException {
        final HttpServer server = registryAnswering(401, "{\"error_code\":401,\"message\":\"who are you\"}");
        try {
            final UsageClientStartException refusal = catchThrowableOfType(
                    UsageClientStartException.class, () -> UsageClient.create(config(address(server), "127.0.0.1:1")));

            assertThat(refusal.reason()).isEqualTo(Reason.SCHEMA_REGISTRY_UNAVAILABLE);
            assertThat(refusal).hasMessageContaining("refuses").hasMessageContaining("who are you");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldSayThatNoBrokerAnswersWithinTheStartTimeout() throws IOException {
        final HttpServer server = registryAnswering(200, "{\"id\":1,\"version\":1,\"subject\":\"usage-events-value\"}");
        final String brokers = "127.0.0.1:" + closedPort();
        try {
            final UsageClientStartException refusal = catchThrowableOfType(
                    UsageClientStartException.class, () -> UsageClient.create(config(address(server), brokers)));

            assertThat(refusal.reason()).isEqualTo(Reason.BROKERS_UNAVAILABLE);
            assertThat(refusal).hasMessageContaining(brokers).hasMessageContaining("'usage-events'");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldSayWhichSettingTheProducerDoesNotAccept() throws IOException {
        final HttpServer server = registryAnswering(200, "{\"id\":1,\"version\":1,\"subject\":\"usage-events-value\"}");
        try {
            final UsageClientStartException refusal = catchThrowableOfType(
                    UsageClientStartException.class, () -> UsageClient.create(config(address(server), "no-port")));

            assertThat(refusal.reason()).isEqualTo(Reason.SETTINGS_REFUSED);
            assertThat(refusal).hasMessageContaining("no-port");
        } finally {
            server.stop(0);
        }
    }

    private static UsageClientConfig config(final String registryUrl, final String brokers) {
        return UsageClientConfig.builder()
                .bootstrapServers(brokers)
                .schemaRegistryUrl(registryUrl)
                .startTimeout(Duration.ofMillis(500))
                .build();
    }

    private static HttpServer registryAnswering(final int status, final String body) throws IOException {
        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(final HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
