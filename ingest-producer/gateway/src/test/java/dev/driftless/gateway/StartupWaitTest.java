package dev.driftless.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class StartupWaitTest {
    @Test
    void shouldTryAgainUntilAllIsThere() {
        final AtomicInteger attempts = new AtomicInteger();

        final String started = new StartupWait(Duration.ofSeconds(20)).until(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw new KafkaException("topic 'feature-catalog' does not exist");
            }
            return "started";
        });

        assertThat(started).isEqualTo("started");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void shouldGiveUpInTimeAndSayWhichSettingThatIs() {
        assertThatThrownBy(() -> new StartupWait(Duration.ofMillis(300)).until(() -> {
                    throw new KafkaException("topic 'feature-catalog' does not exist");
                }))
                .isInstanceOf(NotAvailableException.class)
                .hasMessageContaining("startup-timeout")
                .hasMessageContaining("topic 'feature-catalog' does not exist");
    }
}
