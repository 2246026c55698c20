package dev.driftless.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.gateway.config.KeySource;
import dev.driftless.gateway.config.TlsFiles;
import dev.driftless.gateway.http.GatewayBed.Access;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private KeyStore server;
    private KeyStore other;

    @BeforeEach
    void makeCertificates() throws IOException, GeneralSecurityException {
        server = Certificates.make(folder, "server");
        other = Certificates.make(folder, "other");
        Certificates.write(server, "server", file("server.crt"), file("server.key"));
        Certificates.write(other, "other", file("other.crt"), file("other.key"));
    }

    @Test
    void shouldSpeakHttpsAndNoHttp() throws Exception {
        try (GatewayBed bed = bed(files(Optional.empty()))) {
            assertThat(post(bed, server, Optional.empty())).isEqualTo(200);
            assertThatThrownBy(() -> post(bed, other, Optional.empty())).isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> bed.post("/v1/usage/events", "{}")).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldTakeThoseWithACertificateAloneWhereAnAuthorityIsGiven() throws Exception {
        try (GatewayBed bed = bed(files(Optional.of(file("other.crt"))))) {
            assertThat(post(bed, server, Optional.of(other))).isEqualTo(200);
            assertThatThrownBy(() -> post(bed, server, Optional.empty())).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> post(bed, server, Optional.of(server))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldExchangeItsCertificateWithoutARestartAndKeepItWhereTheNewOneIsBroken() throws Exception {
        final TlsFiles files = files(Optional.empty());
        try (GatewayBed bed = bed(files)) {
            Files.writeString(file("server.key"), "no key");
            assertThatThrownBy(() -> bed.server().renewCertificate(files)).isInstanceOf(IllegalStateException.class);
            assertThat(post(bed, server, Optional.empty())).isEqualTo(200);

            Certificates.write(other, "other", file("server.crt"), file("server.key"));
            bed.server().renewCertificate(files);

            assertThat(post(bed, other, Optional.empty())).isEqualTo(200);
            assertThatThrownBy(() -> post(bed, server, Optional.empty())).isInstanceOf(SSLException.class);
        }
    }

    private static GatewayBed bed(final TlsFiles files) {
        return new GatewayBed(
                new Access(new KeySource(List.of("dev"), Optional.empty()), Optional.of(files), 0), PATIENCE, PATIENCE);
    }

    private TlsFiles files(final Optional<Path> clientAuthorities) {
        return new TlsFiles(file("server.crt"), file("server.key"), clientAuthorities);
    }

    private Path file(final String name) {
        return folder.resolve(name);
    }

    private static int post(final GatewayBed bed, final KeyStore trusted, final Optional<KeyStore> own)
            throws IOException, InterruptedException, GeneralSecurityException {
        final HttpClient client = HttpClient.newBuilder()
                .sslContext(Certificates.client(trusted, own))
                .build();
        final HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + bed.port() + "/v1/usage/events"))
                .timeout(PATIENCE)
                .header("x-api-key", "dev")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"customerId\":\"acme\",\"feature\":\"api_calls\"}"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
