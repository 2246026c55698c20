package dev.driftless.streams.app.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/**
 * Where operations endpoints are served.
 *
 * @param host address to listen on
 * @param port 0 for a free one
 * @param advertised host by which other instances reach this one; nothing for the one that follows from the address
 */
public record OpsConfig(String host, int port, Optional<String> advertised) {
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    /** Endpoints that other instances reach by the address itself. */
    public OpsConfig(final String host, final int port) {
        this(host, port, Optional.empty());
    }

    /** The host by which other instances reach this one. */
    public String advertisedHost() {
        return advertised.orElseGet(() -> ANY_ADDRESS.contains(host) ? nameOfThisMachine() : host);
    }

    private static String nameOfThisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (final UnknownHostException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }
}
