package dev.driftless.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RawSettingsTest {
    @Test
    void shouldTakeFlagsOverTheEnvironmentOverTheFile() {
        assertThat(RawSettings.of(
                        "kafka",
                        Map.of("DRIFTLESS_KAFKA_LINGER_MS", "2", "DRIFTLESS_KAFKA_A__B___C", "x", "OTHER", "y"),
                        Map.of("kafka.linger.ms", "1", "kafka.acks", "1", "http-port", "8080"),
                        Map.of("acks", "all")))
                .containsOnly(Map.entry("linger.ms", "2"), Map.entry("a_b-c", "x"), Map.entry("acks", "all"));
    }
}
