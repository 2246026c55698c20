package dev.driftless.cli.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports of this machine's loopback address. */
final class Ports {
    static final String LOOPBACK = "127.0.0.1";
    /** A port that means: any that is free. */
    static final int ANY = 0;
    /** Below the range from which systems take the ports of outgoing connections, so that none takes ours meanwhile. */
    private static final int LOWEST = 20_000;

    private static final int ABOVE_HIGHEST = 32_000;
    private static final int ATTEMPTS = 500;
    private static final int CONNECT_MILLIS = 300;

    private Ports() {}

    /**
     * The port itself, or a free one for {@link #ANY}.
     *
     * @param port a port, or {@link #ANY}
     * @param user who wants it, for the message
     * @param option the option that changes it, for the message
     * @throws StackException if the port is taken
     */
    static int claim(final int port, final String user, final String option) {
        if (port == ANY) {
            return free();
        }
        if (!isFree(port)) {
            throw new StackException("port " + port + " on " + LOOPBACK + ", wanted for the " + user
                    + ", is taken by another process: stop that one, or choose another port with " + option);
        }
        return port;
    }

    private static int free() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, ABOVE_HIGHEST))
                .limit(ATTEMPTS)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(
                        () -> new StackException("no free port found from " + LOWEST + " to " + (ABOVE_HIGHEST - 1)));
    }

    /** Some systems let a process bind an address beside one that listens on all addresses; hence both questions. */
    private static boolean isFree(final int port) {
        return !answers(port) && canBeBound(port);
    }

    private static boolean canBeBound(final int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (final IOException taken) {
            return false;
        }
    }

    static boolean answers(final int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (final IOException silent) {
            return false;
        }
    }
}
