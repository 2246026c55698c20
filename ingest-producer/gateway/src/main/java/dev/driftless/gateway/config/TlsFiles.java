package dev.driftless.gateway.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PEM files for encrypted connections; they may change.
 *
 * @param certificate of the server, with those that vouch for it
 * @param key of the certificate, PKCS #8
 * @param clientAuthorities who vouches for clients; without it clients need no certificate
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthorities) {
    public TlsFiles {
        requireNonNull(certificate);
        requireNonNull(key);
        requireNonNull(clientAuthorities);
    }

    /** All of them. */
    public List<Path> all() {
        return Stream.concat(Stream.of(certificate, key), clientAuthorities.stream())
                .toList();
    }
}
