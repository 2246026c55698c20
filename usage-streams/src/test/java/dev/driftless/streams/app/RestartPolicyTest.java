package dev.driftless.streams.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private final Exception outage = new StreamsException(new TimeoutException("broker"));

    @Test
    void shouldReplaceAThreadAfterAnOutage() {
        final RestartPolicy policy = policy(1);

        assertThat(policy.handle(outage)).isEqualTo(REPLACE_THREAD);
        assertThat(policy.restarts()).isEqualTo(1);
        assertThat(policy.pausing()).isZero();
    }

    @Test
    void shouldEndTheApplicationAfterABug() {
        final RestartPolicy policy = policy(1);

        assertThat(policy.handle(new StreamsException(new IllegalStateException("bug"))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.restarts()).isZero();
    }

    @Test
    void shouldEndTheApplicationWhenTheOutageGoesOn() {
        assertThat(policy(0).handle(outage)).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldWaitForTheRegistryWithoutALimit() {
        final RestartPolicy policy = policy(0);
        policy.stop();

        assertThat(policy.handle(new StreamsException(
                        new SerializationException("registry", new ConnectException("Connection refused")))))
                .isEqualTo(REPLACE_THREAD);
    }

    @Test
    void shouldEndTheApplicationIfTheThreadCannotBeReplaced() {
        final CompletableFuture<StreamThreadExceptionResponse> response = new CompletableFuture<>();
        new Thread(() -> response.complete(policy(1).handle(outage)), "driftless-1-GlobalStreamThread").start();

        assertThat(response.join()).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldEndAPauseWhenTheApplicationStops() {
        final RestartPolicy policy = policy(10);
        policy.handle(outage);
        policy.handle(outage);
        final CompletableFuture<StreamThreadExceptionResponse> third =
                CompletableFuture.supplyAsync(() -> policy.handle(outage));
        await().until(() -> policy.pausing() == 1);

        policy.stop();

        assertThat(third).succeedsWithin(Duration.ofSeconds(2));
        assertThat(policy.restarts()).isEqualTo(2);
    }

    private static RestartPolicy policy(final int limit) {
        return new RestartPolicy(new RestartBudget(limit, Duration.ofMinutes(15), 1, Clock.systemUTC()));
    }
}
