package dev.driftless.streams.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutagesTest {
    @ParameterizedTest
    @MethodSource("outages")
    void shouldTakeAsAnOutage(final Exception failure) {
        assertThat(Outages.isOutage(new StreamsException("wrapped", failure))).isTrue();
    }

    static Stream<Exception> outages() {
        return Stream.of(
                new TimeoutException("broker"),
                new SerializationException("registry", new EOFException("cut off")),
                new SerializationException("registry", new RestClientException("down", 503, 50301)),
                new SerializationException("registry", new RestClientException("slow down", 429, 42901)),
                new RuntimeException(new ConnectException("refused")),
                new RuntimeException(new SocketTimeoutException("read")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldNotTakeAsAnOutage(final Exception failure) {
        assertThat(Outages.isOutage(new StreamsException("wrapped", failure))).isFalse();
    }

    static Stream<Exception> failures() {
        return Stream.of(
                new NullPointerException("bug"),
                new AuthorizationException("not allowed"),
                new RecordTooLargeException("too large"),
                new UncheckedIOException(new IOException("state cannot be read")),
                new ProcessorStateException("disk", new TimeoutException("changelog")),
                new SerializationException("schema", new RestClientException("not compatible", 409, 409)),
                new SerializationException("password", new RestClientException("who are you", 401, 401)));
    }

    @Test
    void shouldEndAtACycleOfCauses() {
        final Exception first = new IllegalStateException("first");
        final Exception second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(Outages.isOutage(first)).isFalse();
    }

    @Test
    void shouldWaitAtTheStartForNamesAndForAllBrokers() {
        assertThat(Outages.isOutageAtStart(new InvalidReplicationFactorException("1 broker")))
                .isTrue();
        assertThat(Outages.isOutageAtStart(new RuntimeException(
                        new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"))))
                .isTrue();
        assertThat(Outages.isOutageAtStart(new ConfigException("security.protocol", "x")))
                .isFalse();
    }
}
