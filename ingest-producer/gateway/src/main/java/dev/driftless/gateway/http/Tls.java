package dev.driftless.gateway.http;

import dev.driftless.gateway.config.TlsFiles;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;

/** Encrypted connections: TLS 1.2 and 1.3, as the server library has them. */
final class Tls {
    private Tls() {}

    static HttpServerOptions secure(final HttpServerOptions plain, final TlsFiles files) {
        plain.setSsl(true).setKeyCertOptions(keys(files)).setClientAuth(clientAuth(files));
        files.clientAuthorities().ifPresent(file -> plain.setTrustOptions(authorities(file.toString())));
        return plain;
    }

    static ServerSSLOptions options(final TlsFiles files) {
        final ServerSSLOptions options =
                new ServerSSLOptions().setKeyCertOptions(keys(files)).setClientAuth(clientAuth(files));
        files.clientAuthorities().ifPresent(file -> options.setTrustOptions(authorities(file.toString())));
        return options;
    }

    private static PemKeyCertOptions keys(final TlsFiles files) {
        return new PemKeyCertOptions()
                .setCertPath(files.certificate().toString())
                .setKeyPath(files.key().toString());
    }

    private static PemTrustOptions authorities(final String file) {
        return new PemTrustOptions().addCertPath(file);
    }

    private static ClientAuth clientAuth(final TlsFiles files) {
        return files.clientAuthorities().isPresent() ? ClientAuth.REQUIRED : ClientAuth.NONE;
    }
}
