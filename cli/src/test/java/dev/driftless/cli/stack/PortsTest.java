package dev.driftless.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void shouldSayWhichPortIsTakenForWhomAndWhatChangesIt() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.claim(other.getLocalPort(), "broker", "--kafka-port"))
                    .isInstanceOf(StackException.class)
                    .hasMessage("port " + other.getLocalPort() + " on 127.0.0.1, wanted for the broker, is taken by"
                            + " another process: stop that one, or choose another port with --kafka-port");
        }
    }

    @Test
    void shouldFindAPortWhereAnyWillDo() {
        assertThat(Ports.claim(Ports.ANY, "broker", "--kafka-port")).isBetween(1, 65_535);
    }

    @Test
    void shouldTakeThePortThatIsAskedForIfItIsFree() {
        final int free = Ports.claim(Ports.ANY, "broker", "--kafka-port");

        assertThat(Ports.claim(free, "broker", "--kafka-port")).isEqualTo(free);
    }
}
